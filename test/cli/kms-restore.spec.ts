import { copyFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { generateX25519Identity } from 'age-encryption';
import BetterSqlite3 from 'better-sqlite3';
import { decryptionFor } from '../../src/cli/age/decrypter.js';
import { isUnsound, restoreDatabase } from '../../src/cli/restore/restore-database.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { DatabaseLock } from '../../src/database/database-lock.js';
import { StartError } from '../../src/errors/start-error.js';
import { ensureBuilt, killLeftovers, stopBuilt } from '../support/built-server.js';
import { removeDataDirectories } from '../start/data-directories.js';
import { makeWallet, walletsOf } from '../start/served-directory.js';
import { emptyFor, keepBusy, settingsOf, startBackedUp } from './backed-up-service.js';
import type { BackedUp } from './backed-up-service.js';
import { opened } from './opened-backup.js';
import { runKms } from './kms-process.js';
import type { KmsRun } from './kms-process.js';

jest.setTimeout(240_000);

const PASSPHRASE = 'correct horse battery staple';

interface World extends BackedUp {
  readonly backup: string;
  readonly byPassphrase: string;
  readonly passphrase: string;
  /** Checkpoints of before and after the backup. */
  readonly before: string;
  readonly after: string;
  /** What is in the backup. */
  readonly plain: Buffer;
}
let world: World;

/** Waits for a checkpoint over more than this many entries, and keeps it. */
async function keepCheckpoint(service: BackedUp, name: string, over: number): Promise<string> {
  for (;;) {
    const { status, text } = await service.owner.get('/audit/checkpoint');
    if (status === 200 && Number(text.split('\n')[1]) > over) {
      const file = join(service.home, name);
      writeFileSync(file, `${text}\n`);
      return file;
    }
  }
}

beforeAll(async () => {
  ensureBuilt();
  const service = await startBackedUp();
  await keepBusy(service.server.url).stop();
  const before = await keepCheckpoint(service, 'before', 1);
  const [backup, byPassphrase] = [join(service.home, 'kms.age'), join(service.home, 'passphrase.age')];
  const passphrase = join(service.home, 'words');
  writeFileSync(passphrase, PASSPHRASE, { mode: 0o600 });
  const { environment, home, recipient, identity } = service;
  expect(await runKms(['backup', byPassphrase, '--passphrase-file', passphrase], home, environment)).toMatchObject({
    code: 0,
  });
  expect(await runKms(['backup', backup, '--recipient', recipient], home, environment)).toMatchObject({ code: 0 });
  const plain = await opened(backup, { identity });
  writeFileSync(join(home, 'plain.sqlite'), plain);
  for (let made = 0; made < 3; made += 1) await makeWallet(service.owner);
  const after = await keepCheckpoint(service, 'after', entriesOf(join(home, 'plain.sqlite')) + 2);
  await stopBuilt(service.server);
  world = { ...service, backup, byPassphrase, passphrase, before, after, plain };
});
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

function entriesOf(database: string): number {
  return Number(read(database, 'SELECT max(id) FROM audit_entries'));
}

function read(database: string, sql: string): unknown {
  const connection = new BetterSqlite3(database, { readonly: true });
  try {
    return connection.prepare(sql).pluck().get();
  } finally {
    connection.close();
  }
}

/** The stopped service's directory with the database as it was at the end. */
function prepared(): string {
  const directory = emptyFor(world);
  copyFileSync(join(world.directory, 'kms.sqlite'), join(directory, 'kms.sqlite'));
  return directory;
}

const restore = (directory: string, ...words: readonly string[]): Promise<KmsRun> =>
  runKms(['restore', ...words], world.home, settingsOf(directory));

/** Every file and what is in it, but for the lock. */
function contents(directory: string): Record<string, string> {
  const names = readdirSync(directory).filter((name) => !name.includes('.lock'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name)).toString('base64')]));
}

describe('kms restore', () => {
  it('puts a backup in its place, after it was held against checkpoints kept elsewhere, and says how old it is', async () => {
    const directory = prepared();
    const trust = ['--vkey', world.vkey, '--checkpoints', world.before, '--checkpoints', world.after];
    const { code, out, error } = await restore(directory, world.backup, '--identity', world.identity, ...trust);
    expect([code, error]).toEqual([0, expect.stringContaining('verifying the record of the copy\n')]);
    const size = Number(readFileSync(world.after, 'utf8').split('\n')[1]);
    const entries = entriesOf(join(directory, 'kms.sqlite'));
    expect(out).toMatch(/\d+ user shares, .*, all of which open\nevery key has the public key that its row says\n/);
    expect(out).toMatch(/ entries of its record are as the log signed them\n/);
    expect(out).toContain(`it is ${size - entries} entries behind the newest known checkpoint, of ${size} entries`);
    expect(out).toContain('what was revoked, restricted or deleted since the copy was made is not in it');
    const kept = readdirSync(directory).filter((name) => name.includes('replaced'));
    expect(kept.length).toBe(1);
    expect(readdirSync(directory).filter((name) => name.includes('restoring'))).toEqual([]);
    for (const name of ['kms.sqlite', ...kept]) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    const wallets = Number(read(join(directory, 'kms.sqlite'), 'SELECT count(*) FROM vault_wallets'));
    expect((await walletsOf(settingsOf(directory))).length).toBe(wallets);
    expect(wallets).toBe(Number(read(join(world.directory, 'kms.sqlite'), 'SELECT count(*) FROM vault_wallets')) - 3);
  });

  it('opens a backup with its passphrase, also where no database is left, and claims no more than it has shown', async () => {
    const directory = emptyFor(world);
    const { code, out } = await restore(directory, world.byPassphrase, '--passphrase-file', world.passphrase);
    expect(code).toBe(0);
    expect(out).toContain('by a key out of the copy: whoever wrote the copy anew could say as much\n');
    expect(out).toContain('how far behind it is, no checkpoint tells: none was given, or found\n');
  });

  it('takes a plain copy', async () => {
    const directory = emptyFor(world);
    const plain = join(world.home, 'taken.sqlite');
    writeFileSync(plain, world.plain);
    expect(await restore(directory, plain, '--vkey', world.vkey)).toMatchObject({ code: 0 });
  });
});

describe('kms restore refuses in one line, and replaces and leaves nothing,', () => {
  const altered = (sql: string): string => {
    const file = join(world.home, 'altered.sqlite');
    writeFileSync(file, world.plain);
    const connection = new BetterSqlite3(file);
    const triggers = connection.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck();
    for (const name of triggers.all()) connection.exec(`DROP TRIGGER ${name}`);
    connection.exec(sql);
    connection.close();
    return file;
  };
  /** Those of two rows changed places: each is a key, and of the other row. */
  const swapped = (table: string, column: string): string =>
    altered(`CREATE TEMP TABLE two AS SELECT id, ${column} AS own FROM ${table} ORDER BY id LIMIT 2;
      UPDATE ${table} SET ${column} = '' || (SELECT hex(randomblob(32))) WHERE id = (SELECT min(id) FROM two);
      UPDATE ${table} SET ${column} = (SELECT own FROM two ORDER BY id LIMIT 1) WHERE id = (SELECT max(id) FROM two);
      UPDATE ${table} SET ${column} = (SELECT own FROM two ORDER BY id DESC LIMIT 1) WHERE id = (SELECT min(id) FROM two);`);
  const stranger = async (): Promise<string> => {
    const file = join(world.home, 'stranger');
    writeFileSync(file, `${await generateX25519Identity()}\n`, { mode: 0o600 });
    return file;
  };
  const words = (text: string): string => {
    const file = join(world.home, 'other-words');
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };

  type Asked = (directory: string) => readonly string[] | Promise<readonly string[]>;
  const refused: [string, number, RegExp, Asked][] = [
    ['a backup without a key', 2, /is encrypted: give --identity/, () => [world.backup]],
    ['another identity', 2, /opens neither with/, async () => [world.backup, '--identity', await stranger()]],
    [
      'another passphrase',
      2,
      /opens neither with/,
      () => [world.byPassphrase, '--passphrase-file', words(`${PASSPHRASE}s`)],
    ],
    [
      'an identity that is none',
      2,
      /a line is no identity/,
      () => [world.backup, '--identity', words('AGE-SECRET-KEY-1ABC')],
    ],
    [
      'a plain copy in the place of a backup',
      2,
      /is no file of age/,
      () => [altered(''), '--identity', world.identity],
    ],
    ['a file that is missing', 2, /there is no file/, () => ['missing.age', '--identity', world.identity]],
    [
      'another sealing key',
      2,
      /another sealing key/,
      (directory) => {
        writeFileSync(
          join(directory, 'sealing-key'),
          `${'9f3c1d7e5b2a4860'.repeat(2)}8c4e6f1023d5a7b9e8c6f4d2b0a19387\n`,
        );
        return [world.backup, '--identity', world.identity];
      },
    ],
    [
      'a key of the log that is none',
      2,
      /--vkey must be a vkey/,
      () => [world.backup, '--identity', world.identity, '--vkey', 'kms.example/backup'],
    ],
    [
      'a key of another log',
      1,
      /the record of the copy does not hold/,
      () => [
        world.backup,
        '--identity',
        world.identity,
        '--vkey',
        'kms.example/backup+e81fb117+Ae3moXLP7eb1UNA7Dtn7tUSK+6zgv9m9pNcRyqYFymK7',
      ],
    ],
    ...(
      [
        ['vault_wallets', 'client_key', 'sealed_master_key'],
        ['vault_wallets', 'client_id', 'sealed_master_key'],
        ['vault_split_keys', 'user_public_key', 'sealed_user_share'],
        ['auth_server_shares', 'server_public_key', 'sealed_server_share'],
      ] as const
    ).map(([table, column, secret]): (typeof refused)[number] => [
      `a copy in which two rows have each other's ${column}`,
      1,
      new RegExp(`a row of ${table} says another public key than its ${secret} has`),
      () => [swapped(table, column)],
    ]),
    [
      'a copy in which an entry of the record was changed',
      1,
      /the record of the copy does not hold: .* is not what the checkpoint in the database was signed over/,
      () => [altered(`UPDATE audit_entries SET entry = replace(entry, 'alice', 'mallo') WHERE id = 3`)],
    ],
    [
      'a copy in which an entry of the record is missing',
      1,
      /the record of the copy does not hold: /,
      () => [altered('DELETE FROM audit_entries WHERE id = 3')],
    ],
    [
      'a plain copy that was cut short',
      1,
      /is damaged/,
      () => {
        const file = altered('');
        truncateSync(file, 60_000);
        return [file];
      },
    ],
  ];

  it.each(refused)('%s', async (_, status, reason, ask) => {
    const directory = prepared();
    const asked = await ask(directory);
    const before = contents(directory);
    const { code, out, error } = await restore(directory, ...asked);
    const last = error.trimEnd().split('\n').at(-1) ?? '';
    expect([last, out]).toEqual([expect.stringMatching(/^cannot restore: /), '']);
    expect(last).toMatch(reason);
    expect(code).toBe(status);
    expect(error).not.toContain('AGE-SECRET-KEY-1');
    expect(contents(directory)).toEqual(before);
  });

  it('while the service runs', async () => {
    const directory = prepared();
    const lock = DatabaseLock.acquire(join(directory, 'kms.sqlite'));
    const { code, error } = await restore(directory, world.backup, '--identity', world.identity);
    lock.release();
    expect([code, error]).toEqual([2, expect.stringMatching(/DATABASE is in use by another process/)]);
  });

  it('a backup that was cut short or of which one bit was changed, wherever that is', async () => {
    const directory = prepared();
    const before = contents(directory);
    const whole = readFileSync(world.backup);
    const file = join(world.home, 'spoilt.age');
    const header = whole.indexOf('\n--- ') + 49;
    const piece = 65_536 + 16;
    const attempt = async (): Promise<unknown> => {
      const decrypt = decryptionFor({ identity: [world.identity] });
      const order = { file, decrypt, say: () => undefined };
      return restoreDatabase(loadConfiguration(settingsOf(directory)), order).catch((error: unknown) => error);
    };
    const cuts = [0, 10, header - 1, header, header + 16, header + 16 + piece, whole.length - piece, whole.length - 1];
    const places = Array.from(
      { length: 60 },
      (_, index) => Math.floor(((whole.length - header) * index) / 60) + header,
    );
    const spoilt = [
      ...cuts.map((length) => whole.subarray(0, length)),
      ...[
        ...Array.from({ length: header }, (_, index) => index).filter((index) => index % 5 === 0),
        ...places,
        whole.length - 1,
      ].map((place) => {
        const bytes = Buffer.from(whole);
        bytes[place] = (bytes[place] ?? 0) ^ 1;
        return bytes;
      }),
    ];
    for (const bytes of spoilt) {
      writeFileSync(file, bytes);
      const error = await attempt();
      expect(error).toBeInstanceOf(StartError);
      expect([isUnsound(error), (error as Error).message.includes('\n')]).toEqual([false, false]);
    }
    expect(contents(directory)).toEqual(before);
  });
});
