import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { loadLocalSecrets, type LocalSecrets } from '../../src/config/local-secrets.js';
import { refusal, temporaryDirectory } from './environment.js';

const KEY_HEX = '3b1f8e0c9a7d6254f0e1d2c3b4a5968778695a4b3c2d1e0f1122334455667788';

function start(environment: NodeJS.ProcessEnv): LocalSecrets {
  return loadLocalSecrets(loadConfiguration(environment));
}

const hex = (secrets: LocalSecrets): string => Buffer.from(secrets.sealingKey?.expose() ?? []).toString('hex');
const jwtText = (secrets: LocalSecrets): string => Buffer.from(secrets.jwtSecret?.expose() ?? []).toString();
const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('the first start', () => {
  it('makes a sealing key and a token secret that only the owner can read', () => {
    const directory = join(temporaryDirectory(), 'new', 'data');
    const secrets = start({ DATA_DIR: directory });
    expect(secrets.generated).toEqual([join(directory, 'sealing-key'), join(directory, 'jwt-secret')]);
    expect(modeOf(directory)).toBe(0o700);
    expect(readdirSync(directory).sort()).toEqual(['jwt-secret', 'kms.sqlite', 'sealing-key']);
    expect(statSync(join(directory, 'kms.sqlite')).size).toBe(0);
    for (const file of secrets.generated) {
      expect(modeOf(file)).toBe(0o600);
      expect(readFileSync(file, 'latin1')).toMatch(/^[0-9a-f]{64}\n$/);
    }
    expect(secrets.sealingKey?.length).toBe(32);
    expect(inspect(secrets, { depth: 9, showHidden: true })).not.toContain(hex(secrets).slice(0, 16));
  });

  it('makes other secrets in another place', () => {
    const [one, other] = [start({ DATA_DIR: temporaryDirectory() }), start({ DATA_DIR: temporaryDirectory() })];
    expect(hex(one)).not.toBe(hex(other));
    expect(jwtText(one)).not.toBe(jwtText(other));
  });

  it('keeps the file modes whatever the umask', () => {
    const before = process.umask(0o277);
    try {
      const directory = temporaryDirectory();
      start({ DATA_DIR: directory });
      expect(modeOf(join(directory, 'sealing-key'))).toBe(0o600);
    } finally {
      process.umask(before);
    }
  });

  it('makes no token secret when any token key is configured', () => {
    const directory = temporaryDirectory();
    const secrets = start({ DATA_DIR: directory, JWT_JWKS_URL: 'https://issuer.example/keys' });
    expect(secrets.jwtSecret).toBeUndefined();
    expect(readdirSync(directory).sort()).toEqual(['kms.sqlite', 'sealing-key']);
    expect(jwtText(start({ DATA_DIR: directory, JWT_SECRET: 'configured-by-hand' }))).toBe('configured-by-hand');
    expect(readdirSync(directory).sort()).toEqual(['kms.sqlite', 'sealing-key']);
  });

  it('says in one line when the data directory cannot be made', () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    expect(refusal(() => start({ DATA_DIR: join(file, 'data') }))).toMatch(/^DATA_DIR/);
  });
});

describe('a later start', () => {
  it('reads the same secrets and makes nothing', () => {
    const directory = temporaryDirectory();
    const [first, second] = [start({ DATA_DIR: directory }), start({ DATA_DIR: directory })];
    expect(second.generated).toEqual([]);
    expect([hex(second), jwtText(second)]).toEqual([hex(first), jwtText(first)]);
  });

  it('takes the text of the file where JWT_SECRET would stand', () => {
    const directory = temporaryDirectory();
    expect(jwtText(start({ DATA_DIR: directory }))).toBe(readFileSync(join(directory, 'jwt-secret'), 'latin1').trim());
  });

  it.each([['sealing-key'], ['jwt-secret']])('refuses a %s that others may read or change', (name) => {
    const directory = temporaryDirectory();
    start({ DATA_DIR: directory });
    for (const mode of [0o640, 0o604, 0o620, 0o602, 0o666]) {
      chmodSync(join(directory, name), mode);
      const line = refusal(() => start({ DATA_DIR: directory }));
      expect(line.startsWith(`DATA_DIR/${name} is open to other users`)).toBe(true);
    }
  });

  it.each([['sealing-key'], ['jwt-secret']])('refuses a damaged %s and leaves it as it is', (name) => {
    const directory = temporaryDirectory();
    start({ DATA_DIR: directory });
    const longer = `${KEY_HEX}00\n`;
    const prefixed = `0x${KEY_HEX.slice(2)}`;
    for (const content of ['', 'ab\n', longer, `${KEY_HEX} `, prefixed, 'g'.repeat(64), 'x'.repeat(5_000)]) {
      writeFileSync(join(directory, name), content);
      expect(refusal(() => start({ DATA_DIR: directory }))).toMatch(/^(DATA_DIR|SEALING_KEY_FILE)/);
      expect(readFileSync(join(directory, name), 'latin1')).toBe(content);
    }
  });
});

describe('a database without its sealing key', () => {
  it.each([['kms.sqlite'], ['kms.sqlite-wal']])('stops the start when %s holds data, and nothing is made', (file) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, file), 'data');
    expect(refusal(() => start({ DATA_DIR: directory }))).toMatch(/^DATA_DIR holds no sealing-key.* restore the file/);
    expect(readdirSync(directory)).toEqual([file]);
  });

  it('stops the start also when the database is elsewhere', () => {
    const database = join(temporaryDirectory(), 'elsewhere.db');
    writeFileSync(database, 'data');
    expect(refusal(() => start({ DATA_DIR: temporaryDirectory(), DATABASE: database }))).toContain('sealing-key');
  });

  it('starts with the key put back or named', () => {
    const directory = temporaryDirectory();
    const first = start({ DATA_DIR: directory });
    writeFileSync(join(directory, 'kms.sqlite'), 'data');
    const copy = join(temporaryDirectory(), 'copy');
    writeFileSync(copy, readFileSync(join(directory, 'sealing-key')), { mode: 0o600 });
    rmSync(join(directory, 'sealing-key'));
    expect(hex(start({ DATA_DIR: directory, SEALING_KEY_FILE: copy }))).toBe(hex(first));
  });

  it('is no obstacle while the database is empty or in memory', () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'kms.sqlite'), '');
    expect(start({ DATA_DIR: directory }).generated).toHaveLength(2);
    expect(start({ DATA_DIR: temporaryDirectory(), DATABASE: ':memory:' }).generated).toHaveLength(2);
  });
});

describe('production', () => {
  const JWT_SECRET = '9f2c4e8a1b7d3056e4c1a9f80b6d2e73';

  it('makes nothing', () => {
    const directory = temporaryDirectory();
    const environment = { NODE_ENV: 'production', DATA_DIR: join(directory, 'data'), JWT_SECRET };
    const missing = { ...environment, SEALING_KEY_FILE: join(directory, 'missing') };
    expect(refusal(() => start(missing))).toMatch(/^SEALING_KEY_FILE/);
    writeFileSync(join(directory, 'key'), KEY_HEX, { mode: 0o600 });
    const database = join(directory, 'elsewhere.sqlite');
    writeFileSync(database, 'data');
    const secrets = start({ ...environment, DATABASE: database, SEALING_KEY_FILE: join(directory, 'key') });
    expect([secrets.generated, jwtText(secrets)]).toEqual([[], JWT_SECRET]);
    expect(readdirSync(directory).sort()).toEqual(['elsewhere.sqlite', 'key']);
  });
});
