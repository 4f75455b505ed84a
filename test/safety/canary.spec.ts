import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/clock/clock.js';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { ensureBuilt, killLeftovers, startBuilt, stopBuilt } from '../support/built-server.js';
import { startTestServer } from '../support/test-server.js';
import { mintTestToken } from '../support/tokens.js';
import { runCanaryFlow } from './canary-flow.js';
import type { CanaryRun } from './canary-flow.js';
import { findSecrets, secretOfHex, secretOfText } from './secret-forms.js';
import type { Haystack, Secret } from './secret-forms.js';
import { writtenOffline } from './written-offline.js';

/** The only answers that hold a secret, and which. */
const INTENDED: Readonly<Record<string, readonly string[]>> = {
  'POST /wallet': ['made mnemonic'],
  'POST /zvault/generate': ['generated mnemonic'],
  'POST /key': ['first user share'],
  'POST /zvault/key': ['second user share'],
  'GET /keys': ['first user share', 'second user share'],
  'GET /keys of generated': ['generated user share'],
  'GET /keys with a tampered one': ['first user share'],
  'GET /wallets/shared': ['first user share'],
};

/** A run with everything that the service wrote anywhere, and its own two secrets. */
interface SearchedRun extends CanaryRun {
  readonly written: readonly Haystack[];
}

const OWN_SECRETS = ['sealing-key', 'jwt-secret'];

/**
 * Every file of the data directory but the two that are the secrets; a socket has no content. `moment` tells the states
 * apart.
 */
function filesOf(directory: string, moment: string): Haystack[] {
  return readdirSync(directory)
    .filter((file) => !OWN_SECRETS.includes(file) && !statSync(join(directory, file)).isSocket())
    .map((file) => ({ where: `${file} ${moment}`, content: readFileSync(join(directory, file)) }));
}

/** As text and as the bytes that the text stands for. */
function ownSecrets(directory: string): Secret[] {
  return OWN_SECRETS.flatMap((name) => {
    const text = readFileSync(join(directory, name), 'utf8').trim();
    return [secretOfText(name, text), secretOfHex(`${name} in bytes`, text)];
  });
}

async function runInThisProcess(): Promise<SearchedRun> {
  const server = await startTestServer({ DATABASE: '', LOG_LEVEL: 'trace' });
  try {
    const { url, dataDirectory } = server;
    const token = (user: string): string => server.token(user);
    const run = await runCanaryFlow({ url, token, databaseFile: join(dataDirectory, 'kms.sqlite') });
    const files = filesOf(dataDirectory, 'while it ran');
    const secrets = [...run.secrets, ...ownSecrets(dataDirectory)];
    await server.close();
    const log = server.log.map((line, index) => ({ where: `log line ${index}`, content: Buffer.from(line) }));
    expect(log.length).toBeGreaterThan(60);
    const after = [...filesOf(dataDirectory, 'after it ended'), ...(await writtenOffline(dataDirectory, run.heard))];
    return { ...run, secrets, written: [...files, ...after, ...log] };
  } finally {
    rmSync(server.dataDirectory, { recursive: true, force: true });
  }
}

async function runBuilt(): Promise<SearchedRun> {
  ensureBuilt();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'kms-canary-'));
  try {
    const built = await startBuilt({ DATA_DIR: dataDirectory, LOG_LEVEL: 'trace' });
    const jwtSecret = readFileSync(join(dataDirectory, 'jwt-secret'), 'utf8').trim();
    const token = (user: string): string => {
      const shared = new SecretBytes(new TextEncoder().encode(jwtSecret));
      return mintTestToken(shared, user, new SystemClock());
    };
    const run = await runCanaryFlow({ url: built.url, token, databaseFile: join(dataDirectory, 'kms.sqlite') });
    const files = filesOf(dataDirectory, 'while it ran');
    const secrets = [...run.secrets, ...ownSecrets(dataDirectory)];
    await stopBuilt(built);
    const output = [
      { where: 'stdout', content: Buffer.from(built.stdout()) },
      { where: 'stderr', content: Buffer.from(built.stderr()) },
    ];
    expect(built.stdout().split('\n').length).toBeGreaterThan(60);
    const after = [...filesOf(dataDirectory, 'after it ended'), ...(await writtenOffline(dataDirectory, run.heard))];
    return { ...run, secrets, written: [...files, ...after, ...output] };
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

afterAll(killLeftovers);

describe.each([
  { where: 'in this process', start: runInThisProcess },
  { where: 'as it is built', start: runBuilt },
])('secrets that took part in everything, $where', ({ start }) => {
  let run: SearchedRun;
  beforeAll(async () => {
    run = await start();
  }, 300_000);

  it('went every way that they were meant to go, the failing ones too', () => {
    const statuses = (pattern: RegExp): number[] =>
      run.heard.filter(({ where }) => pattern.test(where)).map(({ status }) => status);
    const failures = statuses(/, (tampered|unwritable|half unwritable)$/);
    expect(failures).toEqual(failures.map(() => 500));
    expect(failures.length).toBe(5);
    for (const status of statuses(/^a secret |by another$|mixed up$|not allowed$|wrong partial$|revoked$/)) {
      expect([400, 401, 404, 413]).toContain(status);
    }
    expect(statuses(/^POST \/(store|wallet|key)$|^GET/).every((status) => status < 300 || status === 500)).toBe(true);
  });

  it('are in the answers that are meant to hold them, and in no other', () => {
    expect(run.heard.length).toBeGreaterThan(60);
    const found = run.heard.flatMap((haystack) => {
      const names = new Set(findSecrets(haystack, run.secrets).map(({ name }) => name));
      return names.size === 0 ? [] : [[haystack.where, [...names].sort()] as const];
    });
    expect(Object.fromEntries(found)).toEqual(INTENDED);
  });

  it('are in no log line, in no output and in no file, in no spelling', () => {
    const names = run.written.map(({ where }) => where);
    expect(names).toEqual(
      expect.arrayContaining(['kms.sqlite while it ran', 'kms.sqlite-wal while it ran', 'kms.sqlite-shm while it ran']),
    );
    expect(names).toContain('kms.sqlite after it ended');
    expect(names).toEqual(expect.arrayContaining(['kms audit verify', 'exported checkpoint', 'what is in the backup']));
    const found = run.written.flatMap((haystack) =>
      findSecrets(haystack, run.secrets).map(({ name, form }) => `${haystack.where}: ${name} (${form})`),
    );
    expect(found).toEqual([]);
  });
});
