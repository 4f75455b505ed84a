import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { ensureBuilt, killLeftovers, PROJECT } from '../support/built-server.js';
import { afterMounting, itWithMounts } from '../support/mounts.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { ageDecrypts, ageMustBeThere, itWithAge } from './age-tools.js';
import { emptyFor, enlarge, keepBusy, settingsOf, startBackedUp } from './backed-up-service.js';
import type { BackedUp } from './backed-up-service.js';
import { decrypted, expectGoodBackup } from './checked-backup.js';
import { opened } from './opened-backup.js';
import { runKms } from './kms-process.js';
import type { KmsRun } from './kms-process.js';

jest.setTimeout(240_000);

const PASSPHRASE = 'correct horse battery staple';
const SQLITE = 'SQLite format 3\0';

let world: BackedUp;
/** A backup that was made while the service did nothing else. */
let quiet: string;

beforeAll(async () => {
  ensureBuilt();
  world = await startBackedUp();
  await keepBusy(world.server.url).stop();
  quiet = join(world.home, 'quiet.age');
  expect((await backUp(quiet)).code).toBe(0);
});
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

const kms = (words: readonly string[], environment = world.environment): Promise<KmsRun> =>
  runKms(words, world.home, environment);

const backUp = (file: string, ...more: readonly string[]): Promise<KmsRun> =>
  kms(['backup', file, '--recipient', world.recipient, ...more]);

const draftsIn = (directory: string): string[] => readdirSync(directory).filter((name) => name.includes('.part'));

describe('kms backup', () => {
  it('copies one moment of a service under load, which can be verified, restored and served', async () => {
    const load = keepBusy(world.server.url);
    for (const name of ['first.age', 'second.age', 'third.age']) await expectGoodBackup(world, name);
    expect(await load.stop()).toBeGreaterThan(0);
  });

  it('leaves a file for its owner alone, and nothing beside it or the database', () => {
    expect(statSync(quiet).mode & 0o777).toBe(0o600);
    expect([...draftsIn(world.home), ...draftsIn(world.directory)]).toEqual([]);
  });

  it('tells programs what it holds', async () => {
    const { code, out } = await backUp(join(world.home, 'json.age'), '--json');
    expect(code).toBe(0);
    const shown = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(shown)).toEqual([
      'file',
      'at',
      'bytes',
      'wallets',
      'split_keys',
      'entries',
      'checkpoint',
      'recorded',
    ]);
    expect(shown['bytes']).toBe(statSync(join(world.home, 'json.age')).size);
  });

  itWithAge(
    'is opened by age itself, with an identity that age-keygen has made, whichever recipient it is',
    async () => {
      await ageMustBeThere();
      const { execFileSync } = await import('node:child_process');
      const identities = ['one', 'two'].map((name) => join(world.home, `${name}.key`));
      const recipients = identities.map((identity) => {
        execFileSync('age-keygen', ['-o', identity], { stdio: 'pipe' });
        return execFileSync('age-keygen', ['-y', identity], { encoding: 'utf8' }).trim();
      });
      const list = join(world.home, 'recipients');
      writeFileSync(list, `# two of us\n\n${recipients.join('\n')}\n`);
      const file = join(world.home, 'by-age.age');
      expect((await backUp(file, '--recipients-file', list)).code).toBe(0);
      for (const identity of [...identities, world.identity]) {
        ageDecrypts(file, identity, `${identity}.sqlite`);
        expect(readFileSync(`${identity}.sqlite`).equals(await opened(file, { identity: world.identity }))).toBe(true);
      }
    },
  );

  it('opens with a passphrase, and with no other', async () => {
    const words = join(world.home, 'passphrase');
    writeFileSync(words, `${PASSPHRASE}\n`, { mode: 0o600 });
    const file = join(world.home, 'passphrase.age');
    expect((await kms(['backup', file, '--passphrase-file', words])).code).toBe(0);
    expect((await opened(file, { passphrase: PASSPHRASE })).subarray(0, 16).toString('latin1')).toBe(SQLITE);
    await expect(opened(file, { passphrase: `${PASSPHRASE}s` })).rejects.toThrow();
  });

  it('copies a database whose service was killed, with what is only in its log', async () => {
    const directory = newDataDirectory();
    mkdirSync(directory, { mode: 0o700 });
    const names = readdirSync(world.directory).filter((name) => /^(kms\.sqlite|sealing-key)/.test(name));
    for (const name of names) copyFileSync(join(world.directory, name), join(directory, name));
    const file = join(world.home, 'killed.age');
    expect(statSync(join(directory, 'kms.sqlite-wal')).size).toBeGreaterThan(0);
    expect(await kms(['backup', file, '--recipient', world.recipient], settingsOf(directory))).toMatchObject({
      code: 0,
    });
    const plain = await decrypted(world, file);
    expect(await kms(['audit', 'verify', plain, '--vkey', world.vkey])).toMatchObject({ code: 0 });
  });

  it('makes two at once, and of two under one name only one', async () => {
    const [here, there] = [join(world.home, 'here.age'), join(world.home, 'there.age')];
    const runs = await Promise.all([backUp(here), backUp(here), backUp(there)]);
    expect(runs.map(({ code }) => code).sort()).toEqual([0, 0, 2]);
    expect(runs[2].code).toBe(0);
    for (const file of [here, there]) await decrypted(world, file);
    expect(draftsIn(world.home)).toEqual([]);
  });
});

describe('kms backup refuses, in one line and without a file,', () => {
  const secret = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
  const withWords = (name: string, text: string, mode: number): string => {
    const file = join(world.home, name);
    writeFileSync(file, text, { mode });
    return file;
  };
  const asked: [string, RegExp, () => readonly string[]][] = [
    ['to encrypt for nobody', /for whom to encrypt must be said/, () => []],
    ['a recipient that is none', /recipient 1 is no recipient of age/, () => ['--recipient', 'age1nobody']],
    ['a key of SSH', /keys of SSH and plugins are not taken/, () => ['--recipient', 'ssh-ed25519 AAAA']],
    ['a secret key in the place of a public one', /recipient 1 is a secret key/, () => ['--recipient', secret]],
    [
      'a recipient for which nothing can be kept secret',
      /a key for which nothing can be encrypted/,
      // The point zero: what is shared with it, everybody knows.
      () => ['--recipient', 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z'],
    ],
    [
      'a list without a recipient',
      /names a file without a key/,
      () => ['--recipients-file', withWords('none', '# \n', 0o644)],
    ],
    ['a list that is missing', /names a file that does not exist/, () => ['--recipients-file', 'missing']],
    [
      'a short passphrase',
      /fewer than 16 characters/,
      () => ['--passphrase-file', withWords('short', 'hunter2\n', 0o600)],
    ],
    [
      'a passphrase that others can read',
      /--passphrase-file is open to other users/,
      () => ['--passphrase-file', withWords('open', `${PASSPHRASE}\n`, 0o644)],
    ],
    [
      'a passphrase of two lines',
      /must hold one line/,
      () => ['--passphrase-file', withWords('lines', `${PASSPHRASE}\n${PASSPHRASE}\n`, 0o600)],
    ],
    [
      'a passphrase beside a recipient',
      /a passphrase stands alone/,
      () => ['--recipient', world.recipient, '--passphrase-file', withWords('both', `${PASSPHRASE}\n`, 0o600)],
    ],
  ];

  it.each(asked)('%s', async (_, reason, words) => {
    const file = join(world.home, 'refused.age');
    const { code, out, error } = await kms(['backup', file, ...words()]);
    expect([code, out]).toEqual([2, '']);
    expect(error).toMatch(/^cannot back up: [^\n]+\n$/);
    expect(error).toMatch(reason);
    expect(error).not.toContain('SECRET-KEY-');
    expect(error).not.toContain('hunter2');
    expect([existsSync(file), ...draftsIn(world.home)]).toEqual([false]);
  });

  it('to replace a file, but another backup with --force', async () => {
    const file = join(world.home, 'replaced.age');
    writeFileSync(file, 'no backup of anything');
    expect((await backUp(file)).error).toMatch(/replaced.age exists already/);
    expect((await backUp(file, '--force')).error).toMatch(/is no backup: --force replaces nothing else/);
    expect((await backUp(join(world.directory, 'kms.sqlite'), '--force')).error).toMatch(/is no backup/);
    expect(readFileSync(file, 'utf8')).toBe('no backup of anything');
    copyFileSync(quiet, file);
    expect((await backUp(file)).code).toBe(2);
    expect(await backUp(file, '--force')).toMatchObject({ code: 0 });
    expect(readFileSync(file).equals(readFileSync(quiet))).toBe(false);
    await decrypted(world, file);
  });

  it('what is no database of this release', async () => {
    const of = async (prepare: (database: string) => void): Promise<string> => {
      const directory = newDataDirectory();
      mkdirSync(directory, { mode: 0o700 });
      prepare(join(directory, 'kms.sqlite'));
      const file = join(directory, '..', 'refused.age');
      const { code, error } = await kms(['backup', file, '--recipient', world.recipient], settingsOf(directory));
      expect([code, existsSync(file), ...draftsIn(directory)]).toEqual([2, false]);
      return error;
    };
    const altered = async (sql: string): Promise<string> => {
      const plain = await decrypted(world, quiet);
      return of((database) => {
        renameSync(plain, database);
        const connection = new BetterSqlite3(database);
        connection.exec(sql);
        connection.close();
      });
    };
    expect(await of(() => undefined)).toMatch(/there is no database/);
    expect(await of((database) => writeFileSync(database, 'text'.repeat(999)))).toMatch(/not a SQLite database/);
    const last = 'DELETE FROM migrations WHERE timestamp = (SELECT max(timestamp) FROM migrations)';
    expect(await altered(last)).toMatch(/is of an earlier release/);
    expect(await altered('DROP TABLE migrations')).toMatch(/is not a database of this service/);
    const memory = { ...world.environment, DATABASE: ':memory:' };
    const { code, error } = await kms(['backup', 'memory.age', '--recipient', world.recipient], memory);
    expect([code, error]).toEqual([2, expect.stringMatching(/DATABASE is :memory:/)]);
  });
});

describe('a backup that is cut off', () => {
  /** The directory of a stopped service whose database takes a while. */
  async function large(): Promise<string> {
    const directory = emptyFor(world);
    const plain = await decrypted(world, quiet);
    enlarge(plain, 64);
    renameSync(plain, join(directory, 'kms.sqlite'));
    return directory;
  }

  /** Kills a backup as soon as `isTime`; says what was beside the database then that could be read. */
  async function killed(directory: string, file: string, isTime: () => boolean): Promise<void> {
    const words = [join(PROJECT, 'dist', 'cli', 'kms.js'), 'backup', file, '--recipient', world.recipient];
    const child = spawn(process.execPath, words, { env: settingsOf(directory), stdio: 'ignore' });
    const ended = new Promise((resolve) =>
      child.once('close', (_, signal) => {
        resolve(signal);
      }),
    );
    while (!isTime() && child.exitCode === null) await pause(0);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
  }

  it('leaves no backup and nothing that could be read, wherever it is cut; the next one removes its draft', async () => {
    const directory = await large();
    const file = join(directory, '..', 'cut.age');
    const home = join(directory, '..');
    const sizeOfDraft = (): number =>
      Math.max(0, ...draftsIn(home).map((name) => statSync(join(home, name), { throwIfNoEntry: false })?.size ?? 0));
    const cuts = [
      () => draftsIn(directory).length > 0,
      () => draftsIn(home).length > 0,
      ...[1, 5, 20, 40].map((mebibytes) => () => sizeOfDraft() > mebibytes * 2 ** 20),
    ];
    for (const cut of cuts) {
      await killed(directory, file, cut);
      expect(existsSync(file)).toBe(false);
      for (const name of draftsIn(directory)) {
        // SQLite's journal of a file that was empty has no pages to remember.
        expect(statSync(join(directory, name)).size).toBeLessThanOrEqual(name.endsWith('-journal') ? 512 : 0);
      }
      for (const name of draftsIn(home)) {
        expect(readFileSync(join(home, name)).includes(SQLITE)).toBe(false);
      }
    }
    expect(draftsIn(home).length).toBeGreaterThan(0);
    expect(await kms(['backup', file, '--recipient', world.recipient], settingsOf(directory))).toMatchObject({
      code: 0,
    });
    expect([...draftsIn(directory), ...draftsIn(home)]).toEqual([]);
  });

  itWithMounts('by a full disk says so, and leaves nothing', async () => {
    const directory = await large();
    const disk = join(directory, '..', 'disk');
    mkdirSync(disk);
    const script = `${afterMounting('mount -t tmpfs -o size=8m tmpfs "$0"', disk)
      .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
      .join(' ')} sh -c '"$@"; echo "code $?"; ls -A ${disk}' sh`;
    const words = [
      join(PROJECT, 'dist', 'cli', 'kms.js'),
      'backup',
      join(disk, 'x.age'),
      '--recipient',
      world.recipient,
    ];
    const { execFileSync } = await import('node:child_process');
    const said = execFileSync('sh', ['-c', `${script} "$@" 2>&1`, 'sh', process.execPath, ...words], {
      encoding: 'utf8',
      env: { ...settingsOf(directory), PATH: process.env['PATH'] ?? '' },
    });
    expect(said).toMatch(/^cannot back up: \S+x\.age cannot be written \(ENOSPC\)\ncode 2\n$/);
    expect(draftsIn(directory)).toEqual([]);
  });
});
