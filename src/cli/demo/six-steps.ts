import type { Evidence } from './demo-client.js';
import { sha3Hex, transferFrom } from './demo-wallet.js';
import type { Narrator } from './narrator.js';
import { expectEqual, short } from './stage.js';
import type { Stage } from './stage.js';

export interface Wallet {
  readonly client_id: string;
  readonly client_key: string;
}

export interface SplitKey {
  readonly private_key: string;
  readonly public_key: string;
  readonly peer_public_key: string;
}

/** What the first part leaves for the second. */
export interface SignedOnce {
  readonly wallet: Wallet;
  readonly key: SplitKey;
  /** The transfer with the user's partial signature, and its hash. */
  readonly transfer: Readonly<Record<string, string | number>> & { readonly hash: string; readonly signature: string };
  /** A message with the user's partial signature. */
  readonly message: { readonly hash: string; readonly signature: string; readonly client_id: string };
  /** That the record tells of the message. */
  readonly evidence: Evidence;
}

/** The six steps of the original document's workflow diagram. */
export async function sixSteps(stage: Stage, narrator: Narrator): Promise<SignedOnce> {
  const { alice, anybody, walletSide } = stage;
  const wallet = await narrator.step(
    'Alice asks ZVault for a wallet, with her token',
    () => alice.call<Wallet>('POST', '/wallet'),
    (made) => `client id ${short(made.client_id)}`,
  );
  const key = await narrator.step(
    'ZVault splits its master key',
    () => alice.call<SplitKey>('POST', `/key/${wallet.client_id}`),
    (made) => `user key ${short(made.public_key)}, server key ${short(made.peer_public_key)}`,
  );
  const holder = anybody.with({ 'X-Peer-Public-Key': key.public_key });
  const verifies = (hash: string, signature: string): boolean =>
    walletSide.verifies(wallet.client_key, hash, signature);

  const unsigned = transferFrom(wallet.client_id, wallet.client_key);
  const partial = await narrator.step(
    'The wallet signs a transfer with the user share',
    () => Promise.resolve(walletSide.sign(key.private_key, unsigned.hash)),
    (signature) => {
      expectEqual('the half signature', verifies(unsigned.hash, signature), false);
      return `${short(signature)}, which alone does not verify under the client key`;
    },
  );
  const transfer = { ...unsigned, signature: partial };
  const combined = await narrator.step(
    'ZAuth adds the hidden second signature and combines',
    () => holder.call<string>('POST', '/sign/txn', transfer),
    short,
  );
  await narrator.step(
    `The ${stage.walletEngine} engine checks it under the client key`,
    () => Promise.resolve(verifies(unsigned.hash, combined)),
    (isRight) => {
      expectEqual('the combined signature', isRight, true);
      return 'it verifies';
    },
  );
  const hash = sha3Hex('a request to a blobber');
  const message = { hash, signature: walletSide.sign(key.private_key, hash), client_id: wallet.client_id };
  const { evidence } = await narrator.step(
    'A message is signed the same way, and goes out in the header of a request',
    () => holder.callWithEvidence<{ sig: string }>('/sign/msg', message),
    ({ json: { sig } }) => {
      expectEqual('the combined signature', verifies(hash, sig), true);
      return `X-App-Client-Signature: ${short(sig)}`;
    },
  );
  return { wallet, key, transfer, message, evidence };
}
