import { successOf } from './api-client.js';
import type { ApiClient } from './api-client.js';
import type { WireSplitKey, WireWallet } from './wire-types.js';

/** A new wallet of the client's user with one split key. */
export async function splitWallet(
  owner: ApiClient,
  terms?: { restrictions?: string[] | null; expires_at?: number },
): Promise<{ wallet: WireWallet; key: WireSplitKey }> {
  const wallet = successOf<WireWallet>(await owner.post('/wallet'), 201);
  const key = successOf<WireSplitKey>(await owner.post(`/key/${wallet.client_id}`, terms), 201);
  return { wallet, key };
}
