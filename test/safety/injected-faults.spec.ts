import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ApiClient, successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt } from '../support/built-server.js';
import type { BuiltServer } from '../support/built-server.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { heldKey, signMessage, signTransaction } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { transfer } from '../support/transactions.js';
import { sha3 } from '../support/wallet-client.js';
import type { WireWallet } from '../support/wire-types.js';

jest.setTimeout(240_000);

/** More than any call runs; what a call ran with no fault says that all have been met. */
const MOST_STATEMENTS = 60;

interface Scene {
  readonly built: BuiltServer;
  readonly owner: ApiClient;
  readonly anybody: ApiClient;
  readonly wallet: WireWallet;
  readonly key: HeldKey;
  /** Has the n-th statement from now on fail with this code (0: none); says how many were run since the last order. */
  readonly order: (failing: number, code?: string) => Promise<number>;
}

let scene: Scene;
let directory: string;
let hashes = 0;

beforeAll(async () => {
  ensureBuilt();
  directory = mkdtempSync(join(tmpdir(), 'kms-faults-'));
  const built = await startBuilt({
    DATA_DIR: directory,
    JWT_SECRET: SHARED_SECRET,
    LOG_LEVEL: 'silent',
    SIGNING_WORKERS: '1',
    NODE_OPTIONS: `--import ${new URL('./faulty-driver.mjs', import.meta.url).href}`,
  });
  const [, port] = /faults at (\d+)/.exec(built.stderr()) ?? [];
  const owner = new ApiClient(built.url, { 'X-Jwt-Token': tokenFor('alice') });
  const { wallet, key } = await splitWallet(owner);
  scene = {
    built,
    owner,
    anybody: new ApiClient(built.url),
    wallet,
    key: heldKey(key),
    order: async (failing, code = 'SQLITE_IOERR_READ') =>
      Number(await (await fetch(`http://127.0.0.1:${port}/?failing=${failing}&code=${code}`)).text()),
  };
});
afterAll(() => {
  killLeftovers();
  rmSync(directory, { recursive: true, force: true });
});

const nextHash = (): string => sha3(`message ${(hashes += 1)}`);

/** Calls of every kind: what each does to the database is its own. Each can be made again and again. */
const CALLS: Readonly<Record<string, (scene: Scene) => Promise<Answer>>> = {
  'a signature over a message': ({ anybody, key }) => signMessage(anybody, key, nextHash()),
  'a signature over a transaction': ({ anybody, key, wallet }) => signTransaction(anybody, key, transfer(wallet)),
  'an anonymous request for a key that does not exist': ({ anybody, key }) =>
    signMessage(anybody, { ...key, clientId: 'f'.repeat(64) }, nextHash()),
  'a list of wallets': ({ owner }) => owner.get('/wallets'),
  'a list of keys': ({ owner, wallet }) => owner.get(`/keys/${wallet.client_id}`),
  'a list of what is shared': ({ owner }) => owner.get('/wallets/shared'),
  'a new wallet': ({ owner }) => owner.post('/wallet'),
  'a new split key': ({ owner, wallet }) => owner.post(`/key/${wallet.client_id}`),
  'a share': ({ owner, key }) => owner.post('/share', { public_key: key.userPublicKey, target_user_id: 'bob' }),
  'a refusal': ({ owner }) => owner.get(`/keys/${'e'.repeat(64)}`),
};

/** Of an answer that broke off, as of a list whose later slices cannot be read: as if it had failed at once. */
async function statusOf(answer: Promise<Answer>): Promise<number> {
  try {
    return (await answer).status;
  } catch {
    return 599;
  }
}

describe.each(['SQLITE_IOERR_READ', 'SQLITE_FULL'])('a statement that fails with %s, whichever it is,', (code) => {
  it.each(Object.entries(CALLS))('is one failed answer, and the service goes on: %s', async (_, call) => {
    await scene.order(0);
    const sound = await call(scene);
    const statements = await scene.order(0);
    expect(statements).toBeGreaterThan(0);
    expect(statements).toBeLessThan(MOST_STATEMENTS);
    for (let failing = 1; failing <= statements; failing++) {
      await scene.order(failing, code);
      const status = await statusOf(call(scene));
      await scene.order(0);
      if (status !== sound.status) expect(status).toBeGreaterThanOrEqual(500);
      // Nothing of it is left behind: the next one is as if it had not been.
      expect((await call(scene)).status).toBe(sound.status);
    }
    expect(scene.built.process.exitCode).toBeNull();
    expect(successOf(await signMessage(scene.anybody, scene.key, nextHash()))).toHaveProperty('sig');
  });
});
