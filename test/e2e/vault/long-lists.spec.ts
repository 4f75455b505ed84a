import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { VAULT_SEALER } from '../../../src/vault/injection-tokens.js';
import type { Sealer } from '../../../src/crypto/sealing/sealer.js';
import { successOf } from '../../support/api-client.js';
import { until } from '../../identity/until.js';
import { placeKeys } from '../../support/many-keys.js';
import type { PlacedKey } from '../../support/many-keys.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

const KEYS = 10_000;

let server: TestServer;
let folder: string;
let clientId: string;
let placed: readonly PlacedKey[];
/** Counts what is unsealed, by the real sealer. */
let opened: jest.SpiedFunction<Sealer['open']>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kms-lists-'));
  server = await startTestServer({ DATABASE: join(folder, 'kms.sqlite') });
  ({ client_id: clientId } = successOf<WireWallet>(await server.as('alice').post('/wallet'), 201));
  placed = await placeKeys(server, 'alice', clientId, KEYS);
  opened = jest.spyOn(server.app.get<Sealer>(VAULT_SEALER), 'open');
}, 180_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const every = (): string => `/zvault/keys/${clientId}`;

/** Asks for a path and has the head of the answer, of whose body nothing is read yet. */
async function begin(path: string): Promise<IncomingMessage> {
  const request = get(`${server.url}${path}`, { headers: { 'X-Jwt-Token': server.token('alice') }, agent: false });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer.setEncoding('utf8');
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
}

/** Waits until nothing is unsealed any more: several requests have been answered without it. */
async function stillness(): Promise<number> {
  for (let before = -1; before !== opened.mock.calls.length;) {
    before = opened.mock.calls.length;
    for (let asked = 0; asked < 10; asked++) await server.anonymous().get('/health/live');
  }
  return opened.mock.calls.length;
}

describe('a list of ten thousand split keys', () => {
  it('is answered whole, in order, each with its own user share', async () => {
    const { keys } = JSON.parse(await textOf(await begin(every()))) as { keys: WireSplitKey[] };
    expect(keys.map(({ public_key, private_key }) => ({ public_key, private_key }))).toStrictEqual(placed);
  });

  it('lets other requests in between its slices', async () => {
    opened.mockClear();
    const list = begin(every()).then(textOf);
    const seen = new Set<number>();
    const state = { isDone: false };
    void list.then(() => (state.isDone = true));
    while (!state.isDone) {
      await server.anonymous().get('/health/live');
      seen.add(opened.mock.calls.length);
    }
    // Each answer saw another number of opened shares: it was given between two slices.
    expect([...seen].filter((count) => count > 0 && count < KEYS).length).toBeGreaterThan(5);
    expect(JSON.parse(await list)).toHaveProperty(`keys.${KEYS - 1}`);
  });

  it('waits for a client that does not read, and goes on when it does', async () => {
    opened.mockClear();
    const answer = await begin(every());
    const held = await stillness();
    expect(held).toBeLessThan(KEYS);
    expect(JSON.parse(await textOf(answer))).toHaveProperty(`keys.${KEYS - 1}`);
    expect(opened.mock.calls).toHaveLength(KEYS);
  });

  it('ends when the client hangs up', async () => {
    opened.mockClear();
    const answer = await begin(every());
    await stillness();
    answer.destroy();
    const atTheEnd = await stillness();
    expect(atTheEnd).toBeLessThan(KEYS);
    expect(await stillness()).toBe(atTheEnd);
  });

  it('unseals nothing when the user shares are left out, or the body', async () => {
    opened.mockClear();
    const { keys } = JSON.parse(await textOf(await begin(`${every()}?shares=none`))) as { keys: WireSplitKey[] };
    expect(keys.map(({ public_key: name }) => name)).toStrictEqual(placed.map(({ public_key: name }) => name));
    expect(keys.every(({ private_key: share }) => share === '')).toBe(true);
    expect((await server.as('alice').send('HEAD', every())).status).toBe(200);
    expect(opened.mock.calls).toHaveLength(0);
  });

  it('is recorded before anything of it is shown, and once', async () => {
    const before = (await server.audit()).length;
    const answer = await begin(every());
    const entries = (await server.audit()).slice(before);
    expect(entries).toMatchObject([{ action: 'list-keys', outcome: 'approved', actorId: 'alice', clientId }]);
    await textOf(answer);
    expect(await server.audit()).toHaveLength(before + 1);
  });

  it('breaks off the connection when it cannot be read any more, so that it never looks whole', async () => {
    const answer = await begin(every());
    expect(answer.statusCode).toBe(200);
    await server.dataSource().query('ALTER TABLE vault_split_keys RENAME TO away');
    await expect(textOf(answer)).rejects.toThrow();
    expect(answer.complete).toBe(false);
    await server.dataSource().query('ALTER TABLE away RENAME TO vault_split_keys');
    await until(() => server.log.some((line) => line.includes('"failed"') && line.includes('/keys/:client_id')));
    expect(JSON.parse(await textOf(await begin(every())))).toHaveProperty(`keys.${KEYS - 1}`);
  });

  it('shows an entry whose share was tampered with without the share, and all others with theirs', async () => {
    const owner = server.as('bob');
    const { client_id: id } = successOf<WireWallet>(await owner.post('/wallet'), 201);
    await placeKeys(server, 'bob', id, 60);
    const spoil = `UPDATE vault_split_keys SET sealed_user_share = x'00' WHERE owner_id = 'bob' AND position IN (1, 55)`;
    await server.dataSource().query(spoil);
    const { keys } = successOf<{ keys: WireSplitKey[] }>(await owner.get(`/keys/${id}`));
    const withoutShare = keys.flatMap(({ private_key: share }, index) => (share === '' ? [index + 1] : []));
    expect([keys.length, withoutShare]).toEqual([60, [1, 55]]);
  });
});
