import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { ensureBuilt } from '../support/built-server.js';
import { successOf } from '../support/api-client.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import {
  OpenRecord,
  SignedRecord,
  TIMES_VKEY,
  VKEY,
  checkpointOf,
  entryOf,
  signersOf,
} from '../audit/verify/signed-record.js';
import { encodeVkey } from '../../src/audit/tlog/verifier-key.js';
import { runKms } from './kms-process.js';
import type { KmsRun } from './kms-process.js';
import { ORIGIN } from '../audit/tlog/given-signers.js';

const kms = (...words: readonly string[]): Promise<KmsRun> => runKms(words, record.folder);

const verify = (...words: readonly string[]): Promise<KmsRun> => kms('audit', 'verify', ...words);

let record: SignedRecord;
beforeAll(async () => {
  ensureBuilt();
  record = await SignedRecord.make(600, [100, 300, 590]);
  writeFileSync(join(record.folder, 'checkpoints'), record.notes.map((note) => `${note}\n`).join(''));
});
afterAll(() => {
  record.remove();
});

describe('kms audit verify', () => {
  it('says what of a sound record is covered by what, and what is not shown', async () => {
    expect(
      await verify('kms.sqlite', '--vkey', VKEY, '--checkpoints', 'checkpoints', '--times-vkey', TIMES_VKEY),
    ).toEqual({
      code: 0,
      error: '',
      out: [
        `kms.sqlite: the record of ${ORIGIN}, 600 entries`,
        'entries 1 to 590 are as signed, by the checkpoint of 590 in checkpoints at 2025-11-29T07:06:40.000Z, kept elsewhere',
        'entries 591 to 600 are covered by no checkpoint that holds',
        'verified: nothing was found',
        '',
      ].join('\n'),
    });
    const alone = await verify('kms.sqlite', '--vkey', VKEY);
    expect(alone.code).toBe(0);
    expect(alone.out).toContain('entries 1 to 590 are as signed, by its own checkpoint of 590 in the database\n');
    expect(alone.out).toContain("not shown: anything against whoever has both the log's key and the disk");
    expect(alone.out).toContain('not shown: when anything was signed');
  });

  it('names the first bad entry, and ends with 1', async () => {
    const file = record.copy((open) => {
      open.setEntry(17, entryOf(900));
    });
    const { code, out, error } = await verify(file, '--vkey', VKEY, '--checkpoints', 'checkpoints');
    expect({ code, error }).toEqual({ code: 1, error: '' });
    expect(out).toContain('\nFOUND: entry 17 is not the one that the checkpoint in checkpoints was signed over\n');
    expect(out.endsWith('NOT VERIFIED: the first bad entry is 17\n')).toBe(true);
  });

  it('says the same as JSON', async () => {
    const file = record.copy((open) => {
      open.setEntry(17, entryOf(900));
      open.hashAgain();
    });
    const sound = await verify('kms.sqlite', '--vkey', VKEY, '--json');
    expect(JSON.parse(sound.out)).toMatchObject({ holds: true, entries: 600, covered: 590, first_bad_entry: null });
    const { code, out } = await verify(file, '--vkey', VKEY, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      holds: false,
      first_bad_entry: 'among 1 to 100',
      findings: [{ kind: 'entry-changed', first_entry: 1, last_entry: 100 }],
    });
  });

  it.each([
    ['another key under the same name', encodeVkey(signersOf(ORIGIN, 9).log.key)],
    ["another log's key", encodeVkey(signersOf('another.example/log').log.key)],
  ])('verifies nothing by %s', async (_, vkey) => {
    const { code, out } = await verify('kms.sqlite', '--vkey', vkey);
    expect(code).toBe(1);
    expect(out).toContain('FOUND: no checkpoint says anything of the entries: nothing was shown\n');
  });

  it('takes the key from its caller alone, and says where it is', async () => {
    const { code, out, error } = await verify('kms.sqlite');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('--vkey VKEY, which GET /audit/key of the service answers as "checkpoints"');
  });

  it.each([
    ['a missing file', ['nowhere'], /no such file/],
    ['a folder', ['folder'], /a folder without a checkpoint/],
    ['garbage, as an encrypted database is', ['garbage'], /no SQLite database, or an encrypted one/],
    ['an empty file', ['empty'], /no database of this service/],
    ["somebody else's database", ['other.sqlite'], /no database of this service/],
    ['a database without a log', ['early.sqlite'], /its log has not begun/],
    ['a view in place of the record', ['view.sqlite'], /no database of this service/],
    [
      'checkpoints that are not there',
      ['kms.sqlite', '--checkpoints', 'nowhere'],
      /nowhere cannot be read or written \(ENOENT\)/,
    ],
    ['a vkey that is none', ['kms.sqlite', '--vkey', 'key'], /^cannot verify kms.sqlite: --vkey must be a vkey/],
    ['a key of another type', ['kms.sqlite', '--vkey', TIMES_VKEY], /--vkey must be a key of the type ed25519/],
    ['a promise without its key', ['kms.sqlite', '--promise', 'x'], /--promises-vkey/],
    ['an unknown option', ['kms.sqlite', '--vkeys', 'x'], /unknown option '--vkeys'/],
    ['two databases', ['kms.sqlite', 'kms.sqlite'], /too many arguments/],
    ['no database', [], /missing required argument 'record'/],
  ])('ends with 2 for %s, in a line that says why', async (_, words, why) => {
    prepareOthers();
    const { code, out, error } = await verify(...words, ...(words.includes('--vkey') ? [] : ['--vkey', VKEY]));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(why);
    expect(error).not.toContain('    at ');
  });

  it('has a help for each step, and shows it to whoever asks for nothing', async () => {
    expect(await kms('--help')).toMatchObject({ code: 0, out: expect.stringContaining('audit') });
    expect(await verify('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit code: 0') });
    expect(await kms()).toMatchObject({ code: 2, error: expect.stringContaining('Usage: kms') });
    expect(await kms('audit', 'burn')).toMatchObject({
      code: 2,
      error: expect.stringContaining("unknown command 'burn'"),
    });
  });

  it('changes nothing of what it reads', async () => {
    const before = readFileSync(record.file);
    await verify('kms.sqlite', '--vkey', VKEY);
    expect(readFileSync(record.file).equals(before)).toBe(true);
  });

  it('shows what a hostile file says without obeying it', async () => {
    const hostile = '\u001b]0;owned\u0007\u001b[2J\u202e';
    const file = record.copy((open) => {
      open.keep(checkpointOf(record.entries.slice(0, 7)).replace(ORIGIN, 'another.example/\u202e\u009b31m'));
      open.connection.prepare('INSERT INTO audit_checkpoints VALUES (?, 9, 0, ?)').run(hostile, record.notes[0]);
    });
    for (const json of [[], ['--json']]) {
      const { code, out } = await verify(file, '--vkey', VKEY, ...json);
      expect(code).toBe(1);
      // eslint-disable-next-line no-control-regex -- None of them may reach a terminal.
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(out).toContain('\\u202e');
    }
    const named = await verify(`no\u001b[31m`, '--vkey', VKEY);
    expect(named.error).toContain('cannot verify no\\u001b[31m: there is no such file');
  });
});

describe('over the database of a running service', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ DATABASE: '', AUDIT_CHECKPOINT_SECONDS: '1' });
    for (let made = 0; made < 5; made += 1) successOf(await server.as('alice').post('/wallet'), 201);
    await new Promise((resolve) => setTimeout(resolve, 2500));
  });
  afterAll(() => server.stop());

  it('has its keys shown by kms audit key, and by no other place', async () => {
    const keys = successOf<Record<string, string>>(await server.anonymous().get('/audit/key'));
    const { code, out } = await kms('audit', 'key', '--url', `${server.url}/`);
    expect({ code, out }).toEqual({
      code: 0,
      out: ['checkpoints', 'times', 'promises'].map((name) => `${name} ${keys[name] ?? ''}\n`).join(''),
    });
    expect(await kms('audit', 'key', '--url', `${server.url}/elsewhere`)).toMatchObject({ code: 2, out: '' });
    expect(await kms('audit', 'key', '--url', 'http://127.0.0.1:1')).toMatchObject({ code: 2, out: '' });
    expect(await kms('audit', 'key')).toMatchObject({ code: 2, out: '' });
  });

  it('verifies what was committed, by the keys that it answers, and shows no secret', async () => {
    const keys = successOf<{ checkpoints: string; times: string }>(await server.anonymous().get('/audit/key'));
    const file = join(server.dataDirectory, 'kms.sqlite');
    const words = ['--vkey', keys.checkpoints, '--times-vkey', keys.times, '--checkpoints'];
    const run = await verify(file, ...words, join(server.dataDirectory, 'checkpoints'), '--json');
    expect(JSON.parse(run.out)).toMatchObject({ holds: true, entries: 5, covered: 5 });
    const sealed = new BetterSqlite3(file, { readonly: true })
      .prepare<[], Buffer>('SELECT sealed_key FROM audit_log_keys UNION SELECT sealed_master_key FROM vault_wallets')
      .pluck()
      .all();
    const secrets = sealed.flatMap((bytes) => [bytes.toString('hex'), bytes.toString('base64')]);
    for (const name of readdirSync(server.dataDirectory)) {
      if (name.includes('key') || name.includes('secret'))
        secrets.push(readFileSync(join(server.dataDirectory, name), 'utf8').trim());
    }
    expect(secrets.length).toBeGreaterThan(8);
    for (const secret of secrets) expect(`${run.out}${run.error}`).not.toContain(secret);
    // It goes on.
    successOf(await server.as('alice').post('/wallet'), 201);
  });
});

let arePrepared = false;
function prepareOthers(): void {
  if (arePrepared) return;
  arePrepared = true;
  const at = (name: string): string => join(record.folder, name);
  mkdirSync(at('folder'));
  writeFileSync(at('garbage'), Buffer.alloc(8192, 0x5a));
  writeFileSync(at('empty'), '');
  for (const [name, sql] of [
    ['other.sqlite', 'CREATE TABLE other (id)'],
    [
      'view.sqlite',
      'CREATE VIEW audit_entries AS WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id FROM n) SELECT id, id AS entry FROM n',
    ],
  ] as const) {
    const database = new BetterSqlite3(at(name));
    database.exec(sql);
    database.close();
  }
  copyFileSync(record.file, at('early.sqlite'));
  const early = new OpenRecord(at('early.sqlite'));
  early.connection.exec('DROP TABLE audit_checkpoints');
  early.close();
}
