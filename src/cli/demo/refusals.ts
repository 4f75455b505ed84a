import { sha3Hex } from './demo-wallet.js';
import type { Narrator } from './narrator.js';
import type { SignedOnce, SplitKey } from './six-steps.js';
import { expectEqual, short } from './stage.js';
import type { Stage } from './stage.js';

/** Restricting, sharing and revoking, and each refusal that follows from them. */
export async function refusals(stage: Stage, narrator: Narrator, signed: SignedOnce): Promise<void> {
  const { alice, bob, walletSide } = stage;
  const { key, transfer, message } = signed;
  const holder = stage.anybody.with({ 'X-Peer-Public-Key': key.public_key });
  const path = `/${signed.wallet.client_id}`;
  const refusedTransfer = (what: string, code: string, body: unknown = transfer): Promise<string> =>
    narrator.step(what, () => holder.refused(code, 'POST', '/sign/txn', body), String);
  const refusedMessage = (what: string, code: string, body: unknown): Promise<string> =>
    narrator.step(what, () => holder.refused(code, 'POST', '/sign/msg', body), String);
  const restrict = (what: string, restrictions: readonly string[]): Promise<unknown> =>
    narrator.step(
      what,
      () =>
        alice.with({ 'X-Peer-Public-Key': key.peer_public_key }).call('PUT', `/restrictions${path}`, { restrictions }),
      () => 'done',
    );

  // Any 32 bytes below r are a secret key; these are nobody's.
  const strangersKey = sha3Hex('a stranger').replace(/..$/, '00');
  const forged = { ...message, signature: walletSide.sign(strangersKey, message.hash) };
  await refusedMessage('A stranger signs with a key of their own', 'SIGNING.PARTIAL_INVALID', forged);

  await restrict('Alice restricts the split key to storage', ['allocation_storage_operations']);
  await refusedTransfer('The same transfer again', 'SIGNING.NOT_ALLOWED');
  await refusedMessage('The transfer passed off as a message', 'SIGNING.NOT_ALLOWED', {
    ...message,
    hash: transfer.hash,
    signature: transfer.signature,
  });
  await refusedTransfer('Another amount under the same hash', 'TRANSACTION.HASH_MISMATCH', {
    ...transfer,
    transaction_value: 1,
  });

  await restrict('Alice allows transfers', ['token_transfers']);
  await narrator.step(
    'Alice shares the split key with Bob',
    async () => {
      await alice.call('POST', '/share', { public_key: key.public_key, target_user_id: 'bob' });
      return bob.call<SplitKey[]>('GET', '/wallets/shared');
    },
    ([lent]) => {
      expectEqual("Bob's user share", lent?.private_key, key.private_key);
      return 'Bob finds it among what is shared with him';
    },
  );
  await narrator.step('Bob signs the transfer', () => holder.call<string>('POST', '/sign/txn', transfer), short);
  await narrator.step(
    'Bob tries to revoke it',
    () => bob.refused('SPLIT_KEY.UNKNOWN', 'POST', `/revoke${path}`, { public_key: key.public_key }),
    String,
  );
  await narrator.step(
    'Alice revokes it',
    () => alice.call('POST', `/revoke${path}`, { public_key: key.public_key }),
    () => 'done',
  );
  await refusedTransfer('Bob signs once more', 'SPLIT_KEY.REVOKED');
}
