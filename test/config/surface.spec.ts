import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { refuseOpenDatabase } from '../../src/config/database-modes.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { startWarnings, surfaceWarnings } from '../../src/config/start-warnings.js';
import { connectionsAllowed } from '../../src/start/open-files.js';
import { refusal, temporaryDirectory } from './environment.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  SEALING_KEY_FILE: '/run/secrets/sealing-key',
  JWT_SECRET: '9f2c4e8a1b7d3056e4c1a9f80b6d2e73',
};

function warnings(environment: NodeJS.ProcessEnv): string[] {
  return startWarnings(loadConfiguration({ DATA_DIR: temporaryDirectory(), ...environment }));
}

describe('documents and metrics', () => {
  it.each([
    [{}, 'on', 'on'],
    [PRODUCTION, 'off', 'on'],
    [{ ...PRODUCTION, OPERATIONS_PORT: '9090' }, 'off', 'operations'],
    [{ ...PRODUCTION, OPERATIONS_PORT: '9090', DOCS: 'operations', METRICS: 'off' }, 'operations', 'off'],
    [{ ...PRODUCTION, DOCS: 'on' }, 'on', 'on'],
    [{ OPERATIONS_PORT: '9090' }, 'on', 'operations'],
  ])('are where they are configured to be, or safe', (environment, docs, metrics) => {
    expect(loadConfiguration(environment)).toMatchObject({ docs, metrics });
  });

  it.each(['DOCS', 'METRICS'])('%s is not sent to a port that is not there', (name) => {
    expect(refusal(() => loadConfiguration({ [name]: 'operations' }))).toBe(
      `${name} is operations, for which OPERATIONS_PORT must be set`,
    );
  });

  it('have no port that is another’s', () => {
    expect(refusal(() => loadConfiguration({ OPERATIONS_PORT: '3000' }))).toContain('OPERATIONS_PORT must differ');
  });
});

describe('in production', () => {
  it('open metrics and every web page are warned of, until they are settled', () => {
    const shown = (environment: NodeJS.ProcessEnv): string[] => surfaceWarnings(loadConfiguration(environment));
    expect(shown(PRODUCTION)).toEqual([
      expect.stringContaining('CORS_ORIGINS is *'),
      expect.stringContaining('/metrics is open'),
    ]);
    const settled = { ...PRODUCTION, CORS_ORIGINS: 'https://wallet.example', OPERATIONS_PORT: '9090' };
    for (const environment of [settled, { ...settled, OPERATIONS_PORT: '', METRICS: 'off' }, {}]) {
      expect(shown(environment)).toEqual([]);
    }
  });
});

describe('a database', () => {
  function databaseOf(mode: number, folderMode = 0o700): { DATA_DIR: string; DATABASE: string } {
    const [dataDirectory, folder] = [temporaryDirectory(), temporaryDirectory()];
    const database = join(folder, 'kms.sqlite');
    writeFileSync(database, '');
    chmodSync(database, mode);
    chmodSync(folder, folderMode);
    return { DATA_DIR: dataDirectory, DATABASE: database };
  }

  it('that others can write to is warned of, and so is its folder', () => {
    expect(warnings(databaseOf(0o600))).toEqual([]);
    expect(warnings(databaseOf(0o644))).toEqual([]);
    expect(warnings(databaseOf(0o660))).toEqual([expect.stringMatching(/^DATABASE can be written/)]);
    expect(warnings(databaseOf(0o600, 0o770))).toEqual([
      expect.stringMatching(/^the folder of DATABASE can be written/),
    ]);
  });

  it('that everybody can write to is refused where it is for good', () => {
    const configuration = loadConfiguration(databaseOf(0o666));
    expect(refusal(() => refuseOpenDatabase(configuration))).toBe(
      'DATABASE can be written by every user of this machine: chmod 600 it, and look at what is in it',
    );
    for (const mode of [0o600, 0o660]) refuseOpenDatabase(loadConfiguration(databaseOf(mode)));
    refuseOpenDatabase({ database: ':memory:' });
  });
});

describe('the number of connections', () => {
  it('is what is usual, what can be, or what is wanted and can be', () => {
    expect(connectionsAllowed(undefined, 1_000_000)).toBe(8192);
    expect(connectionsAllowed(undefined, undefined)).toBeGreaterThan(0);
    expect(connectionsAllowed(undefined, 1024)).toBe(768);
    expect(connectionsAllowed(20_000, 1_000_000)).toBe(20_000);
    expect(() => connectionsAllowed(769, 1024)).toThrow(
      'MAX_CONNECTIONS is more than this process may have open: 1024 files',
    );
  });
});
