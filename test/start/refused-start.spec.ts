import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { startServer } from '../../src/server.js';
import { startFailure } from '../../src/start/start-failure.js';
import { ensureBuilt, killLeftovers, spawnBuilt } from '../support/built-server.js';
import { SHARED_SECRET } from '../support/shared-secret.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';
import { servedFrom, whileServing } from './served-directory.js';

beforeAll(() => {
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

const OTHER_KEY = '9f3c1d7e5b2a48608c4e6f1023d5a7b9e8c6f4d2b0a19387654f3e2d1c0b9a87';

/** The one line with which a process ended that could not start; fails the test when there is more, or less. */
async function refusalOf(environment: Readonly<Record<string, string>>): Promise<string> {
  const built = spawnBuilt(environment);
  expect(await built.ended).toEqual({ code: 1, signal: null });
  expect(built.stdout()).toBe('');
  expect(built.stderr()).toMatch(/^cannot start: [^\n]+\n$/);
  return built.stderr();
}

/** What that line says of a start, in this process. */
async function refusedHere(environment: Readonly<Record<string, string>>): Promise<string> {
  const configuration = loadConfiguration({ PORT: '0', LOG_LEVEL: 'silent', ...environment });
  const line = await startServer(configuration).then(
    async (server) => {
      await server.close();
      throw new Error('it serves');
    },
    (error: unknown) => startFailure(error, configuration),
  );
  expect(line).not.toContain('\n');
  return line;
}

describe('a start with a wrong setting ends with one line that names it', () => {
  it.each<[string, Record<string, string>]>([
    ['BLS_ENGINE', { BLS_ENGINE: 'quantum-engine' }],
    ['PORT', { PORT: '65536' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'shouting' }],
    ['TXN_VERIFICATION', { TXN_VERIFICATION: 'lenient' }],
    ['TLS_KEY_FILE', { TLS_CERT_FILE: '/no/such/certificate.pem' }],
    ['JWT_SECRET', { NODE_ENV: 'production' }],
    ['SEALING_KEY_FILE', { NODE_ENV: 'production', JWT_SECRET: SHARED_SECRET }],
    ['JWT_SECRET', { NODE_ENV: 'production', JWT_SECRET: 'changeme-changeme', SEALING_KEY_FILE: '/no/such/file' }],
    ['SEALING_KEY_FILE', { NODE_ENV: 'production', JWT_SECRET: SHARED_SECRET, SEALING_KEY_FILE: '/no/such/file' }],
  ])('%s of %j', async (name, environment) => {
    const directory = newDataDirectory();
    const line = await refusalOf({ DATA_DIR: directory, ...environment });
    expect(line).toContain(name);
    for (const [, value] of Object.entries(environment)) {
      if (value !== 'production') expect(line).not.toContain(value);
    }
    expect(existsSync(directory)).toBe(false);
  });
});

it('a start whose setting is missing because its name is mistyped says both', async () => {
  const directory = newDataDirectory();
  const environment = {
    NODE_ENV: 'production',
    JWT_SECRET: SHARED_SECRET,
    SEALINGKEY_FILE: '/run/secrets/sealing-key',
  };
  const built = spawnBuilt({ DATA_DIR: directory, ...environment });
  expect(await built.ended).toEqual({ code: 1, signal: null });
  expect(built.stderr().split('\n')).toEqual([
    'warning: SEALINGKEY_FILE is no setting and has no effect (did you mean SEALING_KEY_FILE?)',
    expect.stringMatching(/^cannot start: SEALING_KEY_FILE must be set in production/),
    '',
  ]);
  expect(existsSync(directory)).toBe(false);
});

describe('a start on a database that was sealed before', () => {
  /** A data directory that has been served from once. */
  async function served(): Promise<string> {
    const directory = newDataDirectory();
    await whileServing(servedFrom(directory), () => Promise.resolve());
    return directory;
  }

  it('is refused with another sealing key, and fine again with the right one', async () => {
    const directory = await served();
    const keyFile = join(directory, 'sealing-key');
    const rightKey = readFileSync(keyFile);
    writeFileSync(keyFile, `${OTHER_KEY}\n`);
    const line = await refusedHere({ DATA_DIR: directory });
    expect(line).toContain('sealing key');
    expect(line).not.toContain(OTHER_KEY);
    writeFileSync(keyFile, rightKey);
    await whileServing(servedFrom(directory), () => Promise.resolve());
  });

  it('is refused without its sealing key, and makes no new one', async () => {
    const directory = await served();
    rmSync(join(directory, 'sealing-key'));
    expect(await refusedHere({ DATA_DIR: directory })).toContain('sealing-key');
    expect(existsSync(join(directory, 'sealing-key'))).toBe(false);
  });
});

describe('a start on a port that is in use', () => {
  it.each([
    ['PORT', refusalOf],
    ['ZVAULT_PORT', refusedHere],
    ['ZAUTH_PORT', refusedHere],
  ])('is refused for %s', async (name, refusal) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = taken.address() as AddressInfo;
      const line = await refusal({ DATA_DIR: newDataDirectory(), LOG_LEVEL: 'silent', [name]: String(port) });
      expect(line).toContain(name);
      expect(line).toContain('in use');
    } finally {
      taken.close();
    }
  });
});

describe('a start on a HOST', () => {
  it.each([
    [
      'that no interface has',
      '192.0.2.1',
      'HOST is an address that this machine does not have (EADDRNOTAVAIL for PORT)',
    ],
    ['that does not resolve', 'no-such-machine.invalid', 'HOST is a name that does not resolve to an address (E'],
    [
      "that is this machine's name",
      `${hostname()}.invalid`,
      'HOST holds the name of this machine, as some shells set it',
    ],
  ])('%s is refused in a line that says what to set', async (_, HOST, said) => {
    const line = await refusedHere({ DATA_DIR: newDataDirectory(), HOST });
    expect(line).toContain(said);
    expect(line).toContain('127.0.0.1');
    expect(line).not.toContain(HOST);
  });

  it('is warned of first, where it is not loopback', async () => {
    const built = spawnBuilt({ DATA_DIR: newDataDirectory(), LOG_LEVEL: 'silent', HOST: '192.0.2.1' });
    expect((await built.ended).code).toBe(1);
    expect(built.stderr().split('\n')).toEqual([
      expect.stringMatching(/^warning: HOST /),
      expect.stringMatching(/^cannot start: HOST is an address /),
      '',
    ]);
  });
});

describe('a start whose database cannot be opened', () => {
  it('is refused when the file is no database', async () => {
    const directory = newDataDirectory();
    mkdirSync(directory, { mode: 0o700 });
    writeFileSync(join(directory, 'sealing-key'), `${OTHER_KEY}\n`, { mode: 0o600 });
    writeFileSync(join(directory, 'kms.sqlite'), 'this is no database, only a text of some length'.repeat(40));
    expect(await refusedHere({ DATA_DIR: directory })).toContain('DATABASE');
  });
});
