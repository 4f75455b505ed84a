import { asWritten } from './as-written.js';
import type { HeldKey } from './signing-calls.js';
import type { TestServer } from './test-server.js';

/** Has ZAuth's half of a split key hold this policy, straight in its table: what signing judges by. */
export async function givePolicy(
  server: Pick<TestServer, 'dataSource' | 'app'>,
  key: HeldKey,
  policy: unknown,
): Promise<void> {
  const changed = await server.dataSource().query<{ id: string }[]>(
    `UPDATE auth_server_shares SET terms = json_object('policy', json(?))
      WHERE client_id = ? AND user_public_key = ? RETURNING id`,
    [JSON.stringify(policy), key.clientId, key.userPublicKey],
  );
  if (changed.length !== 1) throw new Error('no such split key at ZAuth');
  await asWritten(server, 'auth_server_shares');
}
