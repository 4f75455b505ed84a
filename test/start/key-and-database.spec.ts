import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { kmsHere } from '../cli/kms-here.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { startServer } from '../../src/server.js';
import { startFailure } from '../../src/start/start-failure.js';
import { readProjectFile } from '../architecture/project-files.js';
import { SHARED_SECRET } from '../support/shared-secret.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

const KEY = '3b1f8e0c9a7d6254f0e1d2c3b4a5968778695a4b3c2d1e0f1122334455667788\n';
const OTHER_KEY = '9f3c1d7e5b2a48608c4e6f1023d5a7b9e8c6f4d2b0a19387654f3e2d1c0b9a87\n';

/** What makes each state of the key, given where it is looked for. */
const KEYS: Record<string, (file: string) => void> = {
  absent: () => undefined,
  present: (file) => {
    writeFileSync(file, KEY, { mode: 0o600 });
  },
  'another one': (file) => {
    writeFileSync(file, OTHER_KEY, { mode: 0o600 });
  },
};

/** Databases of this service, made once: by initialise, and left as a log alone. */
const made = { database: '' };

const DATABASES: Record<string, (file: string) => void> = {
  absent: () => undefined,
  'an empty file': (file) => {
    writeFileSync(file, '');
  },
  present: (file) => {
    copyFileSync(made.database, file);
  },
  'its `-wal` alone': (file) => {
    writeFileSync(`${file}-wal`, 'whatever was written last');
  },
  'of a newer release': (file) => {
    copyFileSync(made.database, file);
    alter(file, "INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Future9999999999999')");
  },
  'of another program': (file) => {
    alter(file, 'CREATE TABLE contacts (name TEXT)');
  },
  'not SQLite': (file) => {
    writeFileSync(file, 'this is no database, only a text of some length'.repeat(40));
  },
};

function alter(file: string, sql: string): void {
  const database = new BetterSqlite3(file);
  database.exec(sql);
  database.close();
}

jest.setTimeout(120_000);
beforeAll(async () => {
  const directory = newDataDirectory();
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(join(directory, 'key'), KEY, { mode: 0o600 });
  const environment = { DATA_DIR: directory, SEALING_KEY_FILE: join(directory, 'key') };
  expect(await kmsHere(['init'], environment)).toMatchObject({ code: 0, error: '' });
  made.database = join(directory, 'kms.sqlite');
});
afterAll(removeDataDirectories);

/** The rows of the table in docs/configuration.md: key, database, development, production. */
const ROWS = readProjectFile('docs/configuration.md')
  .split('## Sealing key and database')[1]
  ?.split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Sealing key'))
  .map((line) =>
    line
      .split('|')
      .slice(1, 5)
      .map((cell) => cell.trim()),
  ) as [string, string, string, string][];

interface Outcome {
  /** What happened, in the table's words. */
  readonly told: string;
  readonly line: string;
}

async function outcomeOf(key: string, database: string, production: boolean): Promise<Outcome> {
  const directory = newDataDirectory();
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const keyFile = join(directory, production ? 'key' : 'sealing-key');
  const databaseFile = join(directory, 'kms.sqlite');
  KEYS[key]?.(keyFile);
  DATABASES[database]?.(databaseFile);
  const before = existsSync(databaseFile) ? readFileSync(databaseFile) : undefined;
  const environment = { DATA_DIR: directory, PORT: '0', JWT_SECRET: SHARED_SECRET, LOG_LEVEL: 'silent' };
  try {
    const server = await startServer(
      loadConfiguration(
        production ? { ...environment, NODE_ENV: 'production', SEALING_KEY_FILE: keyFile } : environment,
      ),
    );
    await server.close();
    return { told: server.made.length > 0 ? 'makes both' : 'serves', line: '' };
  } catch (error) {
    // A refused start makes no key, and leaves the database as it was.
    expect(existsSync(keyFile)).toBe(key !== 'absent');
    expect(existsSync(databaseFile) ? readFileSync(databaseFile) : undefined).toEqual(before);
    return { told: 'refuses', line: startFailure(error) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What the line must name, for each refusal that has a way out of its own. */
function expectToName(line: string, key: string, database: string, production: boolean): void {
  expect(line).not.toContain('\n');
  if (key === 'absent')
    return expect(line).toMatch(production ? /^SEALING_KEY_FILE/ : /^DATA_DIR holds no sealing-key/);
  if (database === 'its `-wal` alone') return expect(line).toContain('kms.sqlite-wal');
  if (database === 'absent' || database === 'an empty file') {
    expect(line).toContain('npm run restore');
    return expect(line).toContain(production ? 'npm run initialise' : 'leftover DATA_DIR/sealing-key');
  }
  if (database === 'present') return expect(line).toContain('another sealing key');
  const reasons: Record<string, string> = {
    'of a newer release': 'Future9999999999999',
    'of another program': 'is not a database of this service',
    'not SQLite': 'DATABASE is not a SQLite database',
  };
  expect(line).toContain(reasons[database]);
}

describe('the table of sealing keys and databases in docs/configuration.md', () => {
  it('has a row for every combination', () => {
    const combinations = Object.keys(KEYS).flatMap((key) => Object.keys(DATABASES).map((database) => [key, database]));
    expect(ROWS.map(([key, database]) => [key, database])).toEqual(combinations);
  });

  it.each(ROWS)('key %s, database %s: development %s, production %s', async (key, database, ...expected) => {
    for (const [index, production] of [false, true].entries()) {
      const { told, line } = await outcomeOf(key, database, production);
      expect(told).toBe(expected[index]);
      if (told === 'refuses') expectToName(line, key, database, production);
    }
  });
});
