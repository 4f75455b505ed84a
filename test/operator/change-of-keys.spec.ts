import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askService } from '../../src/cli/kms/ask-service.js';
import { successOf } from '../support/api-client.js';
import { ensureBuilt } from '../support/built-server.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { SHARED_SECRET } from '../support/shared-secret.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3 } from '../support/wallet-client.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { refusalOf, servedFrom } from '../start/served-directory.js';
import { kek, keysIn, newKek } from './change-of-keys.js';
import type { TestKek } from './change-of-keys.js';

let directory: string;
let server: TestServer;
let next: TestKek;
let [oldId, newId] = ['', ''];
const held: HeldKey[] = [];

const start = (settings: Readonly<Record<string, string>> = {}): Promise<TestServer> =>
  startTestServer({
    DATA_DIR: directory,
    DATABASE: join(directory, 'kms.sqlite'),
    JWT_SECRET: SHARED_SECRET,
    SIGNING_WORKERS: '2',
    ...settings,
  });
const restart = async (settings: Readonly<Record<string, string>> = {}): Promise<void> => {
  await server.close();
  server = await start(settings);
};
beforeAll(async () => {
  ensureBuilt();
  directory = newDataDirectory();
  server = await start();
  for (let made = 0; made < 6; made += 1) held.push(heldKey((await splitWallet(server.as('alice'))).key));
  next = newKek(directory, 'next');
}, 120_000);
afterAll(async () => {
  await server.close();
  removeDataDirectories();
});

let asked = 0;
const sign = (key: HeldKey): ReturnType<typeof signMessage> =>
  signMessage(server.anonymous(), key, sha3(`asked ${(asked += 1)}`));
const allSign = async (): Promise<void> => {
  for (const key of held) successOf(await sign(key));
};
type Answers = { id?: unknown; changed?: unknown; keys?: unknown }[];
/** 64 of the same order. */
const atOnce = (command: string, sent: Record<string, unknown>): Promise<Answers> =>
  Promise.all(Array.from({ length: 64 }, () => askService(join(directory, 'operator.sock'), command, sent)));
const standings = async (): Promise<Record<string, unknown>> => {
  const { keys } = (await kek(directory, ['status'])) as { keys: { id: string; standing: string }[] };
  return Object.fromEntries(keys.map((one) => [one.id, one.standing]));
};

describe('the change from one key to another', () => {
  it('adds a key once, also when 64 ask for it at once, and that changes nothing else', async () => {
    const added = await atOnce('kek-add', { settings: readFileSync(next.file, 'utf8') });
    expect(new Set(added.map(({ id }) => id)).size).toBe(1);
    expect(added.filter(({ changed }) => changed)).toHaveLength(1);
    newId = String(added[0]?.id);
    expect(await kek(directory, ['add', next.file])).toEqual({ id: newId, changed: false });
    expect(await kek(directory, ['check', next.file])).toMatchObject({ id: newId, provider: 'env', opened: 0 });
    expect(await kek(directory, ['check'])).toMatchObject({ provider: 'file', opened: 6 });
    const all = await standings();
    oldId = Object.keys(all).find((id) => id !== newId) ?? '';
    expect(all).toEqual({ [oldId]: 'current', [newId]: 'added' });
  }, 60_000);

  it('refuses files that others can read, that describe no key, or another one', async () => {
    const strange = newKek(directory, 'strange');
    expect(await kek(directory, ['rotate', newId, strange.file], 2)).toEqual({
      error: 'cannot kek rotate: the service says: the file describes another key than the one of this id\n',
    });
    chmodSync(strange.file, 0o644);
    expect((await kek(directory, ['add', strange.file], 2))['error']).toMatch(/is open to other users: chmod 600 it/);
    expect((await kek(directory, ['retire', 'nothing'], 2))['error']).toMatch(/no key-encryption key has this id/);
    expect((await kek(directory, ['retire', oldId], 2))['error']).toMatch(/is the current one: rotate/);
  }, 60_000);

  it('wraps everything under both, so that a start with either works', async () => {
    expect(await kek(directory, ['rotate', newId, next.file])).toEqual({ id: newId, changed: true });
    expect(await kek(directory, ['rotate', newId, next.file])).toEqual({ id: newId, changed: false });
    expect(await standings()).toEqual({ [oldId]: 'former', [newId]: 'current' });
    expect(keysIn(directory).wrappings).toBe(12);
    await allSign();
    for (const order of [['reseal'], ['verify'], ['retire', oldId]]) {
      expect((await kek(directory, order, 2))['error']).toMatch(
        /runs with the settings of another key than the current/,
      );
    }
    await restart();
    await allSign();
    await restart(next.settings);
    await allSign();
    expect((await kek(directory, ['retire', oldId], 2))['error']).toMatch(/kms kek verify first/);
  }, 120_000);

  it('seals everything again while it signs, makes and revokes, and no request fails', async () => {
    const over = new AbortController();
    const failed: unknown[] = [];
    const busy = held.map(async (key) => {
      while (!over.signal.aborted) {
        const { status, text } = await sign(key);
        if (status !== 200) failed.push([status, text]);
      }
    });
    const making = (async () => {
      const made: HeldKey[] = [];
      while (!over.signal.aborted) {
        const { wallet, key } = await splitWallet(server.as('bob'));
        made.push(heldKey(key));
        const extra = successOf<{ public_key: string }>(await server.as('bob').post(`/key/${wallet.client_id}`), 201);
        const revoked = await server.as('bob').post(`/revoke/${wallet.client_id}`, { public_key: extra.public_key });
        if (revoked.status >= 300) failed.push(revoked.text);
      }
      return made;
    })();
    const { data_key: from } = await kek(directory, ['status']);
    const many = await atOnce('kek-reseal', { from });
    expect(many.some((one) => one.keys === 3)).toBe(true);
    over.abort();
    await Promise.all(busy);
    held.push(...(await making));
    expect(failed).toEqual([]);
    expect(keysIn(directory).epochs).toEqual({ audit: [2], auth: [2], vault: [2] });
    expect(await kek(directory, ['status'])).toMatchObject({ left: 0 });
    await allSign();
    expect(await refusalOf(servedFrom(directory)).catch(String)).toMatch(/another process/);
  }, 120_000);

  it('opens everything without the old key, and then retires it for good', async () => {
    expect((await kek(directory, ['retire', oldId], 2))['error']).toMatch(/kms kek verify first/);
    const verified = await kek(directory, ['verify']);
    expect(verified).toMatchObject({ damaged: 0 });
    expect(verified['values']).toBeGreaterThan(3 * held.length);
    expect(await kek(directory, ['retire', oldId])).toEqual({ id: oldId, changed: true });
    expect(await kek(directory, ['retire', oldId])).toEqual({ id: oldId, changed: false });
    expect(await standings()).toEqual({ [oldId]: 'retired', [newId]: 'current' });
    expect(keysIn(directory).wrappings).toBe(6);
    await restart(next.settings);
    await allSign();
    await server.close();
    expect(await refusalOf(servedFrom(directory))).toMatch(
      /^the database was sealed with another sealing key \(env \w+, not file \w+\)/,
    );
    server = await start(next.settings);
  }, 120_000);

  it('is in the record, each change once, and holds no secret', async () => {
    const entries = (await server.audit()).filter(({ action }) => /kek$|^reseal$/.test(action));
    expect(entries.map(({ action }) => action)).toEqual(['add-kek', 'rotate-kek', 'reseal', 'retire-kek']);
    for (const { facts } of entries) {
      expect([oldId, newId]).toContain((JSON.parse(facts ?? '{}') as Record<string, unknown>)['key_encryption_key']);
    }
    expect(JSON.stringify(entries) + server.log.join('\n')).not.toContain(next.settings['KEK_SECRET']);
  });
});
