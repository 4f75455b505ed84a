import { chmodSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { startWarnings } from '../../src/config/start-warnings.js';
import { temporaryDirectory } from './environment.js';
import { writeTlsFiles } from './tls-files.js';

const SECRET = '9f2c4e8a1b7d3056e4c1a9f80b6d2e73';

function warnings(environment: NodeJS.ProcessEnv): string[] {
  return startWarnings(loadConfiguration({ DATA_DIR: temporaryDirectory(), ...environment }));
}

describe('at the start', () => {
  it('nothing is warned of by default', () => {
    expect(warnings({})).toEqual([]);
    expect(warnings({ JWT_SECRET: SECRET, HOST: 'localhost' })).toEqual([]);
    expect(warnings({ DATA_DIR: '/nowhere/at/all' })).toEqual([]);
  });

  it.each([
    ['TXN_VERIFICATION=trust-hash', { TXN_VERIFICATION: 'trust-hash' }],
    ['HOST', { HOST: '0.0.0.0' }],
    ['HOST', { HOST: '::' }],
    ['HOST', { HOST: 'kms.internal' }],
    ['DATABASE=:memory:', { DATABASE: ':memory:' }],
    ['JWT_SECRET has fewer than 32 bytes', { JWT_SECRET: SECRET.slice(1) }],
    ['JWT_SECRET is a placeholder', { JWT_SECRET: 'changeme' }],
  ])('%s is warned of', (beginning, environment) => {
    const lines = warnings(environment);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.startsWith(beginning)).toBe(true);
  });

  it('a HOST that is the name of this machine, as shells set it, is warned of', () => {
    const { certificate, key } = writeTlsFiles(temporaryDirectory());
    const tls = { TLS_CERT_FILE: certificate, TLS_KEY_FILE: key };
    for (const host of ['any.example', 'any.internal.example'].map((name) => name.replace('any', hostname()))) {
      expect(warnings({ HOST: host, ...tls })).toEqual([expect.stringContaining("HOST holds this machine's name")]);
    }
  });

  it('no warning repeats the secret', () => {
    expect(warnings({ JWT_SECRET: 'changeme' }).join()).not.toContain('changeme');
  });

  it('listening beyond loopback with TLS is not warned of', () => {
    const { certificate, key } = writeTlsFiles(temporaryDirectory());
    expect(warnings({ HOST: '0.0.0.0', TLS_CERT_FILE: certificate, TLS_KEY_FILE: key })).toEqual([]);
  });

  it('a data directory that others can write to is warned of', () => {
    const directory = temporaryDirectory();
    chmodSync(directory, 0o770);
    expect(warnings({ DATA_DIR: directory })).toEqual([expect.stringContaining('DATA_DIR')]);
  });
});
