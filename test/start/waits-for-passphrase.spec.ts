import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiClient, successOf } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, PROJECT, spawnBuilt } from '../support/built-server.js';
import type { BuiltProcess } from '../support/built-server.js';
import { tokenFor } from '../support/shared-secret.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3 } from '../support/wallet-client.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';
import { servedFrom } from './served-directory.js';

const PASSPHRASE = 'correct horse battery staple';

beforeAll(ensureBuilt, 300_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

/** `kms`, to whose standard input this is written. */
function kms(environment: Readonly<Record<string, string>>, input: string, ...words: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(PROJECT, 'dist', 'cli', 'kms.js'), ...words], { env: environment });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (text += data.toString()));
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve(`${code}: ${text}`);
    });
  });
}

async function until<T>(built: BuiltProcess, found: () => T | undefined): Promise<T> {
  for (;;) {
    const value = found();
    if (value !== undefined) return value;
    if (built.process.exitCode !== null) throw new Error(`it ended: ${built.stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const waiting = (built: BuiltProcess): Promise<true> =>
  until(built, () => (built.stderr().includes('sealed: waiting for the passphrase') ? true : undefined));
const address = (built: BuiltProcess): Promise<string> =>
  until(built, () => /ready at (\S+)\n/.exec(built.stdout())?.[1]);

it('a start without its passphrase waits sealed until kms unseal, and so does a sealed service', async () => {
  const directory = newDataDirectory();
  const environment = { ...servedFrom(directory), KEK_PROVIDER: 'passphrase' };
  const first = spawnBuilt(environment);
  await waiting(first);
  expect(await kms(environment, '', 'status')).toMatch(/^1: not ready, sealed\nreason: seal: waits for the passphrase/);
  expect(await kms(environment, 'too short\n', 'unseal')).toMatch(/^2: .*at least 12 characters/);
  expect(await kms(environment, `${PASSPHRASE}\n`, 'unseal')).toBe('0: the service has its key, and starts\n');
  const url = await address(first);
  const owner = new ApiClient(url, { 'X-Jwt-Token': tokenFor('alice') });
  const { key } = await splitWallet(owner);
  successOf(await signMessage(owner, heldKey(key), sha3('one')));

  expect(await kms(environment, '', 'seal')).toBe('0: the service is sealed now\n');
  expect(await kms(environment, `${PASSPHRASE}?\n`, 'unseal')).toMatch(/^2: .*what was typed is another passphrase/);
  expect((await signMessage(owner, heldKey(key), sha3('two'))).status).toBe(503);
  expect(await kms(environment, `${PASSPHRASE}\n`, 'unseal')).toBe('0: the service is open now\n');
  successOf(await signMessage(owner, heldKey(key), sha3('three')));
  first.process.kill('SIGTERM');
  expect(await first.ended).toEqual({ code: 0, signal: null });

  const second = spawnBuilt(environment);
  await waiting(second);
  expect(await kms(environment, `${PASSPHRASE}?\n`, 'unseal')).toMatch(/^2: .*what was typed is another passphrase/);
  const many = await Promise.all(Array.from({ length: 4 }, () => kms(environment, PASSPHRASE, 'unseal')));
  expect(many.filter((said) => said === '0: the service has its key, and starts\n')).not.toEqual([]);
  successOf(await signMessage(new ApiClient(await address(second)), heldKey(key), sha3('four')));
  for (const text of [first.stdout(), first.stderr(), second.stderr()]) expect(text).not.toContain('battery');
  second.process.kill('SIGTERM');
  await second.ended;
}, 120_000);

it('a start that waits ends when it is told to', async () => {
  const built = spawnBuilt({ ...servedFrom(newDataDirectory()), KEK_PROVIDER: 'passphrase' });
  await waiting(built);
  built.process.kill('SIGTERM');
  expect(await built.ended).toEqual({ code: 0, signal: null });
}, 60_000);
