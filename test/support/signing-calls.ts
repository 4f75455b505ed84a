import type { Answer, ApiClient } from './api-client.js';
import { bodyOf, hashOf } from './transactions.js';
import type { TestTransaction } from './transactions.js';
import { walletClient } from './wallet-client.js';

/** What the holder of a split key has. */
export interface HeldKey {
  readonly clientId: string;
  readonly userShare: string;
  readonly userPublicKey: string;
}

/** The holder's part of what ZVault answered. */
export function heldKey(key: { client_id: string; private_key: string; public_key: string }): HeldKey {
  return { clientId: key.client_id, userShare: key.private_key, userPublicKey: key.public_key };
}

/** POST `/sign/msg` with a given partial signature. */
export function sendMessage(zauth: ApiClient, key: HeldKey, hash: string, signature: string): Promise<Answer> {
  return zauth
    .with({ 'X-Peer-Public-Key': key.userPublicKey })
    .post('/sign/msg', { hash, signature, client_id: key.clientId });
}

/** POST `/sign/msg` as the holder does it: signed with the user share. */
export async function signMessage(zauth: ApiClient, key: HeldKey, hash: string): Promise<Answer> {
  const client = await walletClient();
  return sendMessage(zauth, key, hash, client.sign(key.userShare, hash));
}

/** POST `/sign/txn` with a given body. */
export function sendTransaction(zauth: ApiClient, key: HeldKey, body: string, path = '/sign/txn'): Promise<Answer> {
  return zauth.with({ 'X-Peer-Public-Key': key.userPublicKey }).post(path, body);
}

/** POST `/sign/txn` as the holder does it; with another hash than the right one if that is given. */
export async function signTransaction(
  zauth: ApiClient,
  key: HeldKey,
  transaction: TestTransaction,
  hash = hashOf(transaction),
): Promise<Answer> {
  const client = await walletClient();
  return sendTransaction(zauth, key, bodyOf(transaction, client.sign(key.userShare, hash), hash));
}
