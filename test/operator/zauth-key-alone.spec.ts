import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { successOf } from '../support/api-client.js';
import { ensureBuilt } from '../support/built-server.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3 } from '../support/wallet-client.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { refusalOf, servedFrom } from '../start/served-directory.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { kek } from './change-of-keys.js';

beforeAll(ensureBuilt, 300_000);
afterAll(removeDataDirectories);

const secret = (): Readonly<Record<string, string>> => ({
  ZAUTH_KEK_PROVIDER: 'env',
  ZAUTH_KEK_SECRET: randomBytes(32).toString('hex'),
});

it('ZAuth’s key is followed by another, and nothing that the key of the rest wraps is touched', async () => {
  const directory = newDataDirectory();
  const [before, after] = [secret(), secret()];
  const file = join(directory, '..', 'zauth.env');
  writeFileSync(
    file,
    Object.entries(after)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
    { mode: 0o600 },
  );
  const settings = { ...servedFrom(directory), DATABASE: join(directory, 'kms.sqlite') };
  const held: HeldKey[] = [];
  const whileServed = async (
    more: Readonly<Record<string, string>>,
    work: (server: TestServer) => Promise<void>,
  ): Promise<void> => {
    const server = await startTestServer({ ...settings, ...more });
    try {
      held.push(heldKey((await splitWallet(server.as('alice'))).key));
      for (const [nth, key] of held.entries()) {
        successOf(await signMessage(server.anonymous(), key, sha3(`${held.length} ${nth}`)));
      }
      await work(server);
    } finally {
      await server.close();
    }
  };
  /** How each data key is wrapped: of ZAuth's half, and of the rest. */
  const wrappings = (whose: 'of ZAuth' | 'of the rest'): unknown[] => {
    const connection = new BetterSqlite3(join(directory, 'kms.sqlite'), { readonly: true });
    try {
      return connection
        .prepare(
          `SELECT one.* FROM data_key_wrappings one JOIN data_keys ON data_keys.id = one.data_key_id
            WHERE domain ${whose === 'of ZAuth' ? '=' : '<>'} 'auth' ORDER BY 1, 2`,
        )
        .raw()
        .all();
    } finally {
      connection.close();
    }
  };

  await whileServed(before, async () => {
    const rest = wrappings('of the rest');
    expect(wrappings('of ZAuth')).toHaveLength(1);
    const { id } = await kek(directory, ['add', file]);
    expect(await kek(directory, ['rotate', String(id), file])).toEqual({ id, changed: true });
    expect(wrappings('of ZAuth')).toHaveLength(2);
    expect(wrappings('of the rest')).toEqual(rest);
  });
  // Until the old one is retired a start with either works.
  await whileServed(before, () => Promise.resolve());
  await whileServed(after, async () => {
    const rest = wrappings('of the rest');
    expect(await kek(directory, ['verify'])).toMatchObject({ damaged: 0 });
    const { keys } = (await kek(directory, ['status'])) as { keys: { id: string; standing: string }[] };
    const former = keys.find(({ standing }) => standing === 'former')?.id ?? '';
    expect(await kek(directory, ['retire', former])).toEqual({ id: former, changed: true });
    expect(wrappings('of ZAuth')).toHaveLength(1);
    expect(wrappings('of the rest')).toEqual(rest);
  });
  expect(await refusalOf({ ...servedFrom(directory), ...before })).toMatch(/another sealing key/);
  await whileServed(after, () => Promise.resolve());
}, 120_000);
