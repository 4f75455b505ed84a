import { successOf } from '../support/api-client.js';
import type { Answer, ApiClient } from '../support/api-client.js';
import { foreignSplitKey, setUp } from '../support/foreign-split-key.js';
import type { ForeignSplitKey } from '../support/foreign-split-key.js';
import { sendMessage } from '../support/signing-calls.js';
import { sha3, walletClient } from '../support/wallet-client.js';

/** A request for a second signature that was prepared in advance, so that many can be sent at once. */
export interface PreparedRequest {
  readonly key: ForeignSplitKey;
  readonly hash: string;
  readonly partial: string;
  /** The body of the only right answer: what the whole key signs, as somebody else's implementation does it. */
  readonly right: string;
}

/** So many wallets, of which everything is known, with their server shares set up. @param zauth with a token */
export async function setUpWallets(zauth: ApiClient, count: number): Promise<ForeignSplitKey[]> {
  const keys = await Promise.all(Array.from({ length: count }, () => foreignSplitKey()));
  for (const key of keys) successOf(await setUp(zauth, key));
  return keys;
}

/** So many requests over different hashes, by the wallets in turn. */
export async function prepare(keys: readonly ForeignSplitKey[], count: number): Promise<PreparedRequest[]> {
  const client = await walletClient();
  return Array.from({ length: count }, (_, index) => {
    const key = keys[index % keys.length];
    if (key === undefined) throw new Error('nobody to sign');
    const hash = sha3(`message ${index} of ${key.clientId}`);
    const right = JSON.stringify({ sig: client.sign(key.masterKey, hash) });
    return { key, hash, partial: client.sign(key.userShare, hash), right };
  });
}

/** The same request with a partial that is a point, but not the user's over this hash. */
export async function spoiled(request: PreparedRequest): Promise<PreparedRequest> {
  const client = await walletClient();
  return { ...request, partial: client.sign(request.key.userShare, sha3('something else')) };
}

export function sendPrepared(zauth: ApiClient, { key, hash, partial }: PreparedRequest): Promise<Answer> {
  return sendMessage(zauth, key, hash, partial);
}
