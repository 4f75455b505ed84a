import type { Answer, ApiClient } from './api-client.js';
import type { WalletClient } from './wallet-client.js';
import type { WireSplitKey } from './wire-types.js';

/** What of a split key its holder needs to have something signed. */
export type HeldKey = Pick<WireSplitKey, 'client_id' | 'private_key' | 'public_key'>;

/** Signs the hash with the user share and asks for the second signature, in the documented API. */
export function askToSign(client: WalletClient, api: ApiClient, key: HeldKey, hash: string): Promise<Answer> {
  return sendPartial(api, key, hash, client.sign(key.private_key, hash));
}

/** The same with a partial signature that was made before. */
export function sendPartial(api: ApiClient, key: HeldKey, hash: string, partial: string): Promise<Answer> {
  return api
    .with({ 'X-Peer-Public-Key': key.public_key })
    .post('/sign/msg', { hash, signature: partial, client_id: key.client_id });
}
