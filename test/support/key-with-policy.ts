import { successOf } from './api-client.js';
import type { Answer, ApiClient } from './api-client.js';
import { heldKey } from './signing-calls.js';
import type { HeldKey } from './signing-calls.js';
import type { WireSplitKey, WireWallet } from './wire-types.js';

/** A new split key of a new wallet of the client's user, with this policy. */
export async function keyWithPolicy(owner: ApiClient, policy: unknown): Promise<{ wallet: WireWallet; key: HeldKey }> {
  const wallet = successOf<WireWallet>(await owner.post('/wallet'), 201);
  return { wallet, key: await keyOf(owner, wallet, policy) };
}

/** A new split key of this wallet, with this policy. */
export async function keyOf(owner: ApiClient, wallet: WireWallet, policy: unknown): Promise<HeldKey> {
  return heldKey(successOf<WireSplitKey>(await owner.post(`/key/${wallet.client_id}`, { policy }), 201));
}

/** Which of its policies is in force. */
export async function revisionOf(owner: ApiClient, key: HeldKey): Promise<number> {
  const named = owner.with({ 'X-Peer-Public-Key': key.userPublicKey });
  return successOf<{ revision: number }>(await named.get(`/policy/${key.clientId}`)).revision;
}

/** PUT `/policy`, in place of this revision. */
export function putPolicy(owner: ApiClient, key: HeldKey, policy: unknown, revision: number): Promise<Answer> {
  return owner
    .with({ 'X-Peer-Public-Key': key.userPublicKey, 'If-Match': `"${revision}"` })
    .put(`/policy/${key.clientId}`, { policy });
}
