import { chmodSync, existsSync, renameSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceSeal } from '../../src/readiness/service-seal.js';
import { problemOf, successOf } from '../support/api-client.js';
import { ensureBuilt } from '../support/built-server.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { SHARED_SECRET } from '../support/shared-secret.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3 } from '../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { runKms } from '../cli/kms-process.js';
import type { KmsRun } from '../cli/kms-process.js';

const KNOWN =
  'this service knows status, seal, unseal, verify-rows, show-words, note-backup, kek-status, kek-add, kek-check, kek-rotate, ' +
  'kek-reseal, kek-verify, kek-retire';

let directory: string;
let server: TestServer;
let wallet: WireWallet;
let key: HeldKey;
beforeAll(async () => {
  ensureBuilt();
  directory = newDataDirectory();
  server = await startTestServer({
    DATA_DIR: directory,
    DATABASE: join(directory, 'kms.sqlite'),
    JWT_SECRET: SHARED_SECRET,
    AUDIT_CHECKPOINT_SECONDS: '1',
  });
  const made = await splitWallet(server.as('alice'));
  wallet = made.wallet;
  key = heldKey(made.key);
}, 60_000);
afterAll(async () => {
  await server.close();
  removeDataDirectories();
});

const kms = (...words: readonly string[]): Promise<KmsRun> => runKms(words, directory, { DATA_DIR: directory });

let asked = 0;
const sign = async (): Promise<{ status: number; code: string | undefined }> => {
  const answer = await signMessage(server.anonymous(), key, sha3(`asked ${(asked += 1)}`));
  return { status: answer.status, code: (answer.json as { code?: string } | undefined)?.code };
};
const SEALED = { status: 503, code: 'SERVICE.SEALED' };
const actions = async (): Promise<string[]> => (await server.audit()).map((entry) => entry.action);

describe('kms status', () => {
  it('says that the service is ready, and what is not when it is not', async () => {
    const { code, out } = await kms('status');
    expect({ code, first: out.split('\n')[0] }).toEqual({ code: 0, first: 'ready' });
    const json = await kms('status', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ ready: true, sealed: false, reasons: {} });
  });

  it('says that no service runs where none listens', async () => {
    const elsewhere = newDataDirectory();
    const { code, error } = await runKms(['status'], directory, { DATA_DIR: elsewhere });
    expect({ code, error }).toEqual({ code: 2, error: expect.stringMatching(/^cannot status: no service runs that/) });
    expect(existsSync(elsewhere)).toBe(false);
  });
});

describe('the socket', () => {
  it('is for its own user alone', () => {
    expect((statSync(join(directory, 'operator.sock')).mode & 0o777).toString(8)).toBe('600');
  });

  it.each([
    ['what is no JSON', 'status\n', KNOWN],
    ['a command that there is not', '{"command":"toString"}\n', KNOWN],
    ['nothing that ends, which it hangs up on', 'x'.repeat(70_000), ''],
  ])('answers %s, and goes on', async (_, sent, said) => {
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(join(directory, 'operator.sock'), () => socket.write(sent));
      socket.on('data', (data) => (text += data.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        resolve(text);
      });
    });
    expect(answer).toBe(said === '' ? '' : `${JSON.stringify({ error: said })}\n`);
    expect((await kms('status')).code).toBe(0);
  });
});

describe('a service that is sealed', () => {
  it('answers every signature that it began, and begins none behind the answer of kms seal', async () => {
    const results: { status: number; code: string | undefined }[] = [];
    let isSealed = false;
    const behind: { status: number; code: string | undefined }[] = [];
    const askers = Array.from({ length: 16 }, async () => {
      for (let turn = 0; turn < 40 && behind.length < 64; turn += 1) {
        const wasSealed = isSealed;
        const result = await sign();
        (wasSealed ? behind : results).push(result);
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { code, out } = await kms('seal');
    isSealed = true;
    const signedAtSeal = (await actions()).filter((action) => action === 'sign-message').length;
    expect({ code, out }).toEqual({ code: 0, out: 'the service is sealed now\n' });
    await Promise.all(askers);
    expect(results.some(({ status }) => status === 200)).toBe(true);
    for (const result of results) {
      expect([200, 503]).toContain(result.status);
      if (result.status === 503) expect(['SERVICE.SEALED', 'SIGNING.INTERRUPTED']).toContain(result.code);
    }
    expect(new Set(behind.map((result) => JSON.stringify(result)))).toEqual(new Set([JSON.stringify(SEALED)]));
    expect((await actions()).filter((action) => action === 'sign-message').length).toBe(signedAtSeal);
    expect(await kms('seal')).toMatchObject({ code: 0, out: 'the service was sealed already\n' });
  });

  it('makes and shows nothing secret, and says so in both dialects', async () => {
    const alice = server.as('alice');
    for (const answer of [
      await alice.post('/wallet'),
      await alice.post(`/key/${wallet.client_id}`),
      await alice.get(`/keys/${wallet.client_id}`),
    ]) {
      expect(problemOf(answer, 503)).toMatchObject({ code: 'SERVICE.SEALED' });
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    }
    expect((await server.as('alice', `${server.url}/zvault`).post(`/key/${wallet.client_id}`)).status).toBe(503);
    expect(await sign()).toEqual(SEALED);
  });

  it('shows public data, and lets owners stop more', async () => {
    const alice = server.as('alice');
    expect(successOf<{ client_id: string }[]>(await alice.get('/wallets')).map((one) => one.client_id)).toContain(
      wallet.client_id,
    );
    const listed = successOf<{ keys: WireSplitKey[] }>(await alice.get(`/keys/${wallet.client_id}?shares=none`));
    expect(listed.keys).toHaveLength(1);
    successOf(await alice.post(`/freeze/${wallet.client_id}`));
    successOf(await alice.post(`/thaw/${wallet.client_id}`));
    const ready = await server.anonymous().get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.json).toMatchObject({ checks: { seal: 'not ready' }, reasons: { seal: 'sealed by its operator' } });
    expect((await server.anonymous().get('/health/live')).status).toBe(200);
    expect(await kms('status')).toMatchObject({ code: 1, out: expect.stringMatching(/^not ready, sealed\n/) });
    // The log is signed all the same: who stopped what is to be shown later.
    const newest = (): Promise<string> =>
      server
        .anonymous()
        .get('/audit/checkpoint')
        .then(({ text }) => text.split('\n')[1] ?? '');
    const size = (await server.audit()).length;
    for (let tries = 0; Number(await newest()) < size && tries < 100; tries += 1) {
      server.clock.advanceSeconds(1);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(Number(await newest())).toBeGreaterThanOrEqual(size);
  });

  it('stays sealed where its key is not there any more, and is opened with it', async () => {
    const file = join(directory, 'sealing-key');
    renameSync(file, `${file}.away`);
    const refused = await kms('unseal');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.error).toMatch(/^cannot unseal: the service says: [^\n]*sealing-key[^\n]*\n$/);
    expect(await sign()).toEqual(SEALED);
    renameSync(`${file}.away`, file);
    chmodSync(file, 0o600);
    expect(await kms('unseal')).toMatchObject({ code: 0, out: 'the service is open now\n' });
    expect((await sign()).status).toBe(200);
    const listed = successOf<{ keys: WireSplitKey[] }>(await server.as('alice').get(`/keys/${wallet.client_id}`));
    expect(listed.keys[0]?.private_key).toBe(key.userShare);
    expect((await kms('status')).code).toBe(0);
  });

  it('carries out orders that come at once one after the other, and is what the last of them said', async () => {
    const seal = server.app.get(ServiceSeal);
    for (const last of ['seal', 'unseal'] as const) {
      const orders = Array.from({ length: 64 }, (_, index) => (index % 3 === 0 ? seal.seal() : seal.unseal()));
      await Promise.all([...orders, seal[last]()]);
      expect(seal.isSealed).toBe(last === 'seal');
      const made = await server.as('carol').post('/wallet');
      expect(made.status).toBe(last === 'seal' ? 503 : 201);
      if (last === 'unseal') expect((await sign()).status).toBe(200);
    }
  });

  it('tells the record of each change, and of no refusal between them', async () => {
    const all = await actions();
    expect(all.filter((action) => action.endsWith('seal-service'))).toEqual(['seal-service', 'unseal-service']);
    const between = (await server.audit()).slice(all.indexOf('seal-service'), all.indexOf('unseal-service'));
    expect(between.filter((entry) => entry.outcome !== 'approved')).toEqual([]);
  });
});
