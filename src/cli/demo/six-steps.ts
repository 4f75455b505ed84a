import { fromHex, sha3Hex, sign, toHex, transfer, zcn } from '@split-key-kms/client';
import type { Evidence, MadeSplitKeyAnswer, SplitKey, UnsignedTransaction, WalletAnswer } from '@split-key-kms/client';
import type { Narrator } from './narrator.js';
import { expectEqual, short } from './stage.js';
import type { Stage } from './stage.js';

/** What the first part leaves for the second. */
export interface SignedOnce {
  readonly wallet: WalletAnswer;
  readonly key: SplitKey;
  /** What the service answered when it was made: with the user share. */
  readonly made: MadeSplitKeyAnswer;
  readonly payment: UnsignedTransaction;
  /** Of the payment. */
  readonly hash: string;
  /** That the record tells of a message. */
  readonly evidence: Evidence;
}

/** Whom all payments go to. */
export const PROVIDER = sha3Hex('the provider');

/** The six steps of the original document's workflow diagram. */
export async function sixSteps({ alice, verifies }: Stage, narrator: Narrator): Promise<SignedOnce> {
  const wallet = await narrator.step(
    'Alice asks ZVault for a wallet, with her token',
    () => alice.wallets.create(),
    (made) => `client id ${short(made.client_id)}`,
  );
  const { key, answer: made } = await narrator.step(
    'ZVault splits its master key',
    () => alice.splitKeys.create(wallet.client_id),
    ({ answer }) => `user key ${short(answer.public_key)}, server key ${short(answer.peer_public_key)}`,
  );
  const payment = {
    ...transfer({ to: PROVIDER, valueSas: zcn('1'), nonce: 1, note: 'rent', feeSas: 100_000 }),
    creation_date: Math.floor(Date.now() / 1000),
  };
  const { hash, signature } = await narrator.step(
    'The wallet signs a transfer with the user share, and ZAuth adds the hidden second signature',
    () => key.signTransaction(payment),
    (signed) => short(signed.signature),
  );
  await narrator.step(
    'The half of the wallet alone',
    () => Promise.resolve(toHex(sign(fromHex(made.private_key), fromHex(hash)))),
    (half) => {
      expectEqual('the half signature', verifies(wallet.client_key, hash, half), false);
      return `${short(half)} does not verify under the client key`;
    },
  );
  await narrator.step(
    'An engine that took no part in it checks the whole',
    () => Promise.resolve(verifies(wallet.client_key, hash, signature)),
    (isRight) => {
      expectEqual('the combined signature', isRight, true);
      return 'it verifies';
    },
  );
  const { evidence } = await narrator.step(
    'A message is signed the same way, and goes out in the header of a request',
    () => key.signMessage('a request to a blobber'),
    (signed) => {
      expectEqual('the combined signature', verifies(wallet.client_key, signed.hash, signed.signature), true);
      return `X-App-Client-Signature: ${short(signed.signature)}`;
    },
  );
  if (evidence === undefined) throw new Error('the signature came without evidence');
  return { wallet, key, made, payment, hash, evidence };
}
