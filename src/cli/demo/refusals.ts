import { fromHex, sha3Hex, sign, toHex } from '@split-key-kms/client';
import type { KmsError, TransactionBody } from '@split-key-kms/client';
import type { Narrator } from './narrator.js';
import type { SignedOnce } from './six-steps.js';
import { expectEqual, refused, short } from './stage.js';
import type { Stage } from './stage.js';

/** Restricting, sharing and revoking, and each refusal that follows from them. */
export async function refusals({ alice, bob }: Stage, narrator: Narrator, signed: SignedOnce): Promise<void> {
  const { key, made, payment, hash } = signed;
  const refusedWith = (what: string, code: KmsError['code'], call: () => Promise<unknown>): Promise<KmsError> =>
    narrator.step(
      what,
      () => refused(code, call()),
      ({ status }) => `refused with ${status} ${code}`,
    );
  const restrict = (what: string, ...operations: readonly string[]): Promise<unknown> =>
    narrator.step(
      what,
      async () => {
        const { etag } = await alice.policies.read(key);
        return alice.policies.replace(key, { operations: [...operations] }, etag);
      },
      ({ exposure }) => exposure.summary,
    );

  await refusedWith('A stranger signs with a key of their own', 'SIGNING.PARTIAL_INVALID', () =>
    // Any 32 bytes below r are a secret key; these are nobody's.
    alice.splitKeys.withShare(key, sha3Hex('a stranger').replace(/..$/, '00')).signMessage('a request to a blobber'),
  );

  await restrict('Alice restricts the split key to storage', 'allocation_storage_operations');
  await refusedWith('The same transfer again', 'SIGNING.NOT_ALLOWED', () => key.signTransaction(payment));
  await refusedWith('The transfer passed off as a message', 'SIGNING.NOT_ALLOWED', () => key.signBytes(fromHex(hash)));
  const forged = {
    ...payment,
    transaction_value: 1,
    hash,
    signature: toHex(sign(fromHex(made.private_key), fromHex(hash))),
    client_id: key.client_id,
  } as TransactionBody;
  await refusedWith('Another amount under the same hash', 'TRANSACTION.HASH_MISMATCH', () =>
    alice.api.POST('/sign/txn', { params: { header: { 'X-Peer-Public-Key': key.public_key } }, body: forged }),
  );

  await restrict('Alice allows transfers', 'token_transfers');
  const lent = await narrator.step(
    'Alice shares the split key with Bob',
    async () => {
      await alice.splitKeys.share(key.public_key, 'bob');
      for await (const found of bob.splitKeys.listShared({ withShares: true })) return found;
      throw new Error('nothing is shared with Bob');
    },
    (found) => {
      expectEqual("Bob's user share", found.private_key, made.private_key);
      return 'Bob finds it among what is shared with him';
    },
  );
  const bobsKey = bob.splitKeys.withShare(lent, lent.private_key);
  await narrator.step(
    'Bob signs the transfer',
    () => bobsKey.signTransaction(payment),
    ({ signature }) => short(signature),
  );
  await refusedWith('Bob tries to revoke it', 'SPLIT_KEY.UNKNOWN', () => bob.splitKeys.revoke(lent));
  await narrator.step(
    'Alice revokes it',
    () => alice.splitKeys.revoke(key),
    () => 'done',
  );
  await refusedWith('Bob signs once more', 'SPLIT_KEY.REVOKED', () => bobsKey.signTransaction(payment));
}
