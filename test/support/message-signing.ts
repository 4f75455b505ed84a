import type { Answer } from './api-client.js';
import type { TestServer } from './test-server.js';
import { sha3, walletClient } from './wallet-client.js';
import type { WireSplitKey } from './wire-types.js';

/** Has a message signed with a split key as its holder does it: without a token, by the partial signature. */
export async function askToSign(
  server: TestServer,
  key: Pick<WireSplitKey, 'client_id' | 'private_key' | 'public_key'>,
  hash = sha3('a message'),
): Promise<Answer> {
  const client = await walletClient();
  const signature = client.sign(key.private_key, hash);
  return server
    .anonymous()
    .with({ 'X-Peer-Public-Key': key.public_key })
    .post('/sign/msg', { hash, signature, client_id: key.client_id });
}
