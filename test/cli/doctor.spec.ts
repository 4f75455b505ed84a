import {
  chmodSync,
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { successOf } from '../support/api-client.js';
import { startTestServer } from '../support/test-server.js';
import { TestClock } from '../support/test-clock.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom } from '../start/served-directory.js';
import { kmsHere } from './kms-here.js';

jest.setTimeout(120_000);

const OTHER_KEY = '9f3c1d7e5b2a48608c4e6f1023d5a7b9e8c6f4d2b0a19387654f3e2d1c0b9a87';

interface Finding {
  readonly name: string;
  readonly state: string;
  readonly text: string;
}

/** A directory that was served once, for copies; and how it was when it had less in it. */
let served: string;
let earlier: string;
beforeAll(async () => {
  served = newDataDirectory();
  earlier = newDataDirectory();
  const settings = { ...servedFrom(served), DATABASE: join(served, 'kms.sqlite'), AUDIT_CHECKPOINT_SECONDS: '1' };
  for (const user of ['alice', 'bob']) {
    const server = await startTestServer(settings);
    successOf(await server.as(user).post('/wallet'), 201);
    await server.close();
    if (user === 'alice') cpSync(served, earlier, { recursive: true });
  }
});
afterAll(removeDataDirectories);

function copied(from = served): string {
  const directory = newDataDirectory();
  cpSync(from, directory, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  chmodSync(directory, 0o700);
  return directory;
}

async function doctor(
  directory: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ code: number; findings: readonly Finding[] }> {
  const environment = { ...servedFrom(directory), ...more };
  const { code, out } = await kmsHere(['doctor', '--json'], environment, { clock: new TestClock() });
  const { healthy, findings } = JSON.parse(out) as { healthy: boolean; findings: readonly Finding[] };
  expect(healthy).toBe(code === 0);
  return { code, findings };
}

/** The settings of another key in place of each. */
function anotherKey(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const secrets = Object.keys(settings).filter((name) => /KEK_(SECRET|PASSPHRASE)$/.test(name));
  if (secrets.length === 0) return { KEK_PROVIDER: 'env', KEK_SECRET: OTHER_KEY };
  return Object.fromEntries(secrets.map((name) => [name, OTHER_KEY.split('').reverse().join('')]));
}

const states = (findings: readonly Finding[], state: string): string[] =>
  findings.filter((one) => one.state === state).map(({ name, text }) => `${name}: ${text}`);

describe('kms doctor', () => {
  it('finds nothing bad where all is well, one line each, and changes nothing', async () => {
    const directory = copied();
    const before = readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'base64')]);
    const { code, out } = await kmsHere(['doctor'], servedFrom(directory), { clock: new TestClock() });
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    const named = (name: string): string[] => lines.filter((line) => line.slice(5).startsWith(`${name}: `));
    for (const name of ['files', 'disk', 'database', 'keys', 'clock', 'record', 'service']) {
      expect(named(name)[0]).toMatch(name === 'disk' ? /^(ok {2}|WARN) / : /^ok {3}/);
    }
    expect(lines).toContain(
      'WARN record: AUDIT_CHECKPOINT_FILE is on the disk of the database, with which it can be set back',
    );
    const after = readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'base64')]);
    expect(after.filter(([name]) => !/-(wal|shm)$/.test(name ?? ''))).toEqual(before);
  });

  const ailing: [string, (directory: string) => Record<string, string>, RegExp][] = [
    ['a setting', () => ({ PORT: 'many' }), /^configuration: PORT must be/],
    [
      'another sealing key',
      (directory) => (writeFileSync(join(directory, 'sealing-key'), `${OTHER_KEY}\n`), {}),
      /^keys: the database was sealed with another sealing key/,
    ],
    [
      'no sealing key',
      (directory) => (renameSync(join(directory, 'sealing-key'), join(directory, 'away')), {}),
      /^keys: DATA_DIR holds no sealing-key/,
    ],
    [
      'a sealing key that others can read',
      (directory) => (chmodSync(join(directory, 'sealing-key'), 0o644), {}),
      /^keys: .*is open to other users: chmod 600/,
    ],
    [
      'a lost trigger',
      (directory) => {
        const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
        connection.exec('DROP TRIGGER audit_entries_are_not_changed');
        connection.close();
        return {};
      },
      /^database: .*has lost the trigger audit_entries_are_not_changed/,
    ],
    [
      'a file that was cut short',
      (directory) => (truncateSync(join(directory, 'kms.sqlite'), 40_000), {}),
      /^database: .*is damaged: restore a copy/,
    ],
    [
      'a database that was set back',
      (directory) => (cpSync(join(earlier, 'kms.sqlite'), join(directory, 'kms.sqlite')), {}),
      /^record: it is older than AUDIT_CHECKPOINT_FILE/,
    ],
  ];
  it.each(ailing)('finds %s, and says what to do', async (_, spoil, said) => {
    const directory = copied();
    const more = spoil(directory);
    const { code, findings } = await doctor(directory, more);
    expect(code).toBe(1);
    expect(states(findings, 'bad').some((line) => said.test(line))).toBe(true);
    expect(findings.filter(({ text }) => text.includes('\n'))).toEqual([]);
  });

  it('finds a clock that is behind, and how to go on', async () => {
    const directory = copied();
    const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
    connection.prepare('INSERT OR REPLACE INTO believed_time (id, at_ms) VALUES (1, ?)').run(Date.now());
    connection.close();
    const clock = new TestClock();
    clock.advanceSeconds(-86_400);
    const { code, out } = await kmsHere(['doctor'], servedFrom(directory), { clock });
    expect([code, out]).toEqual([1, expect.stringMatching(/^BAD {2}clock: it is .* kms clock accept$/m)]);
  });

  it('warns of what others can read', async () => {
    const directory = copied();
    chmodSync(join(directory, 'kms.sqlite'), 0o644);
    const { code, findings } = await doctor(directory);
    expect(code).toBe(0);
    expect(states(findings, 'warn')).toContainEqual(
      expect.stringMatching(/^files: \S+kms.sqlite is open to other users/),
    );
    expect(statSync(join(directory, 'kms.sqlite')).mode & 0o777).toBe(0o644);
  });

  it('says in production that a database is missing, and makes none', async () => {
    const directory = copied();
    renameSync(join(directory, 'kms.sqlite'), join(directory, 'gone'));
    const production = { NODE_ENV: 'production', SEALING_KEY_FILE: join(directory, 'sealing-key') };
    const { code, findings } = await doctor(directory, production);
    expect([code, states(findings, 'bad').at(-1)]).toEqual([
      1,
      expect.stringMatching(/^database: there is no database/),
    ]);
    expect(readdirSync(directory)).not.toContain('kms.sqlite');
  });

  const passphrase = { KEK_PROVIDER: 'passphrase', KEK_PASSPHRASE: 'correct horse battery staple' };

  it.each<[string, Readonly<Record<string, string>>]>([
    ['a file', {}],
    ['the environment', { KEK_PROVIDER: 'env', KEK_SECRET: OTHER_KEY }],
    ['a passphrase', passphrase],
    [
      'a passphrase, of ZAuth alone',
      { ZAUTH_KEK_PROVIDER: 'passphrase', ZAUTH_KEK_PASSPHRASE: 'another correct horse' },
    ],
  ])('opens the keys by %s, beside a service that runs and writes, and of one that is stopped', async (_, settings) => {
    const directory = newDataDirectory();
    const database = { DATABASE: join(directory, 'kms.sqlite') };
    const server = await startTestServer({ ...servedFrom(directory), ...database, ...settings });
    successOf(await server.as('alice').post('/wallet'), 201);
    const beside = await doctor(directory, settings);
    expect([beside.code, states(beside.findings, 'bad')]).toEqual([0, []]);
    expect(states(beside.findings, 'ok')).toContain('service: it runs, and is ready');
    expect(states(beside.findings, 'ok').join('\n')).toMatch(/keys: the key by \w+ opens all data keys/);
    await server.close();
    const stopped = await doctor(directory, settings);
    expect([stopped.code, states(stopped.findings, 'bad')]).toEqual([0, []]);
    const { findings } = await doctor(directory, { ...settings, ...anotherKey(settings) });
    expect(states(findings, 'bad').join('\n')).toMatch(/^keys: [^\n]+$/);
  });

  it('asks nobody for a passphrase that is configured nowhere', async () => {
    const directory = newDataDirectory();
    const database = { DATABASE: join(directory, 'kms.sqlite') };
    const server = await startTestServer({ ...servedFrom(directory), ...database, ...passphrase });
    const { code, findings } = await doctor(directory, { KEK_PROVIDER: 'passphrase' });
    expect([code, states(findings, 'bad')]).toEqual([0, []]);
    expect(states(findings, 'ok').join('\n')).toContain('keys: the passphrase is asked for at each start');
    await server.close();
  });

  it('asks the running service, and hears of a sealed one', async () => {
    const directory = copied();
    const server = await startTestServer({ ...servedFrom(directory), DATABASE: join(directory, 'kms.sqlite') });
    const well = await doctor(directory);
    expect(well).toMatchObject({ code: 0 });
    expect(states(well.findings, 'ok')).toContain('service: it runs, and is ready');
    await kmsHere(['seal'], servedFrom(directory));
    expect(states((await doctor(directory)).findings, 'bad').slice(0, 2)).toEqual([
      'service: it runs, and is not ready',
      'service: seal: sealed by its operator',
    ]);
    await server.close();
  });
});
