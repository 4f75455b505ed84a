import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ensureBuilt } from '../support/built-server.js';
import { DatabaseLock } from '../../src/database/database-lock.js';
import { SHARED_SECRET } from '../support/shared-secret.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';
import { walletsOf } from './served-directory.js';

const KEY = '3b1f8e0c9a7d6254f0e1d2c3b4a5968778695a4b3c2d1e0f1122334455667788\n';

jest.setTimeout(240_000);
beforeAll(() => {
  ensureBuilt();
});
afterAll(removeDataDirectories);

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** As in a container: `node dist/cli/kms.js init`. */
function initialise(environment: Record<string, string>, ...words: string[]): Ended {
  const script = join(process.cwd(), 'dist', 'cli', 'kms.js');
  return spawnSync(process.execPath, [script, 'init', ...words], { env: environment, encoding: 'utf8' });
}

/** A new installation: the operator has made the sealing key. */
function production(): Record<string, string> {
  const directory = newDataDirectory();
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(join(directory, 'key'), KEY, { mode: 0o600 });
  return {
    NODE_ENV: 'production',
    DATA_DIR: join(directory, 'data'),
    SEALING_KEY_FILE: join(directory, 'key'),
    JWT_SECRET: SHARED_SECRET,
    LOG_LEVEL: 'silent',
  };
}

describe('initialise', () => {
  it('makes the database of a new installation, on which production then starts', async () => {
    const environment = production();
    const database = join(environment['DATA_DIR'] ?? '', 'kms.sqlite');
    const { status, stdout, stderr } = initialise(environment);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`made ${database} (mode 0600)`);
    expect(statSync(database).mode & 0o777).toBe(0o600);
    expect(readdirSync(environment['DATA_DIR'] ?? '').sort()).toEqual(['kms.sqlite', 'kms.sqlite.lock']);
    expect(await walletsOf(environment)).toEqual([]);
  });

  it('says so and changes nothing where a database exists, and where the service runs', () => {
    const environment = production();
    const database = join(environment['DATA_DIR'] ?? '', 'kms.sqlite');
    expect(initialise(environment).status).toBe(0);
    const before = readFileSync(database);
    const again = initialise(environment);
    expect([again.status, again.stdout]).toEqual([2, '']);
    expect(again.stderr).toBe(`cannot initialise: the database ${database} exists already; nothing was changed\n`);
    expect(readFileSync(database)).toEqual(before);
    const lock = DatabaseLock.acquire(database);
    expect(initialise(environment).stderr).toMatch(
      /^cannot initialise: DATABASE is in use by another process[^\n]+\n$/,
    );
    lock.release();
  });

  it('goes on where an earlier one was cut off', async () => {
    const environment = production();
    const directory = environment['DATA_DIR'] ?? '';
    mkdirSync(directory, { mode: 0o700 });
    for (const name of ['kms.sqlite.initialising', 'kms.sqlite.initialising-wal'])
      writeFileSync(join(directory, name), 'half');
    expect(initialise(environment).status).toBe(0);
    expect(readdirSync(directory).sort()).toEqual(['kms.sqlite', 'kms.sqlite.lock']);
    expect(await walletsOf(environment)).toEqual([]);
  });

  it('makes no sealing key in production, and one in development', async () => {
    const environment = production();
    const missing = { ...environment, SEALING_KEY_FILE: join(environment['DATA_DIR'] ?? '', 'missing') };
    expect(initialise(missing).stderr).toMatch(/^cannot initialise: SEALING_KEY_FILE names a file that does not exist/);
    expect(existsSync(join(environment['DATA_DIR'] ?? '', 'kms.sqlite'))).toBe(false);
    const development = { DATA_DIR: newDataDirectory(), LOG_LEVEL: 'silent' };
    expect(initialise(development).stdout).toContain('sealing-key (mode 0600)');
    expect(await walletsOf({ ...development, JWT_SECRET: SHARED_SECRET })).toEqual([]);
  });

  it('is refused for what it cannot make, in one line', () => {
    expect(initialise(production(), 'now')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^error: /) });
    const inMemory = initialise({ ...production(), DATABASE: ':memory:' });
    expect(inMemory).toMatchObject({
      status: 2,
      stderr: 'cannot initialise: DATABASE is :memory:, which is new at every start\n',
    });
    const environment = production();
    mkdirSync(environment['DATA_DIR'] ?? '', { mode: 0o700 });
    writeFileSync(join(environment['DATA_DIR'] ?? '', 'kms.sqlite-wal'), 'what was written last');
    expect(initialise(environment).stderr).toMatch(/^cannot initialise: [^\n]*kms.sqlite-wal is there[^\n]*\n$/);
  });
});
