import { cpSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { problemOf, successOf } from '../support/api-client.js';
import type { Answer, ApiClient } from '../support/api-client.js';
import { ensureBuilt } from '../support/built-server.js';
import { SHARED_SECRET } from '../support/shared-secret.js';
import { heldKey, signMessage, signTransaction } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { transfer } from '../support/transactions.js';
import { sha3 } from '../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';
import { linesOf } from '../audit/reading/read-entries.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { runKms } from './kms-process.js';
import type { KmsRun } from './kms-process.js';

const TOTAL = { limits: [{ kind: 'total', max_count: 1 }], messages: 'any' };

let directory: string;
let home: string;
let wallet: WireWallet;
let used: HeldKey;
let lent: HeldKey;
let revoked: HeldKey;
let keys: { readonly checkpoints: string; readonly times: string; readonly promises: string };
/** Of the message that the key in use signed, and of the refusal that the revoked one got. */
let evidence: Readonly<Record<'signed' | 'refused', { readonly entry: string; readonly promise: string }>>;
let archived: KmsRun;

const serve = (): Promise<TestServer> =>
  startTestServer({
    DATA_DIR: directory,
    DATABASE: join(directory, 'kms.sqlite'),
    JWT_SECRET: SHARED_SECRET,
    AUDIT_ORIGIN: 'kms.example/audit',
    AUDIT_CHECKPOINT_SECONDS: '1',
  });

const kms = (...words: readonly string[]): Promise<KmsRun> =>
  runKms(['audit', ...words], home, { DATA_DIR: directory, DATABASE: join(directory, 'kms.sqlite') });

const archive = (folder: string, ...more: readonly string[]): Promise<KmsRun> =>
  kms('archive', folder, '--older-than', '0', '--vkey', keys.checkpoints, ...more);

const verify = (database: string, ...more: readonly string[]): Promise<KmsRun> =>
  kms('verify', database, '--vkey', keys.checkpoints, '--times-vkey', keys.times, ...more);

const evidenceIn = ({ headers }: Answer): { entry: string; promise: string } => ({
  entry: headers.get('x-audit-entry') ?? '',
  promise: headers.get('x-audit-promise') ?? '',
});

/** Entries that name no split key: a stranger's, who has no wallets. */
async function addEntries(server: TestServer, count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) successOf(await server.as('carol').get('/wallets'));
}

const keyOf = async (owner: ApiClient, body?: object): Promise<HeldKey> =>
  heldKey(successOf<WireSplitKey>(await owner.post(`/key/${wallet.client_id}`, body), 201));

beforeAll(async () => {
  ensureBuilt();
  directory = newDataDirectory();
  home = join(directory, '..');
  const server = await serve();
  const owner = server.as('alice');
  wallet = successOf<WireWallet>(await owner.post('/wallet'), 201);
  used = await keyOf(owner, { policy: TOTAL });
  lent = await keyOf(owner);
  revoked = await keyOf(owner);
  successOf(await owner.post('/share', { public_key: lent.userPublicKey, target_user_id: 'bob' }));
  successOf(await signMessage(server.anonymous(), revoked, sha3('before it was revoked')));
  successOf(await owner.post(`/revoke/${wallet.client_id}`, { public_key: revoked.userPublicKey }));
  const refused = await signMessage(server.anonymous(), revoked, sha3('too late'));
  const signed = await signMessage(server.anonymous(), used, sha3('a message'));
  successOf(await signTransaction(server.anonymous(), used, { ...transfer(wallet), transaction_nonce: '1' }));
  evidence = { signed: evidenceIn(signed), refused: evidenceIn(refused) };
  keys = successOf(await server.anonymous().get('/audit/key'));
  await addEntries(server, 300);
  await server.close();
  await kms('export', 'data/kms.sqlite', 'export', '--vkey', keys.checkpoints);
}, 120_000);
afterAll(removeDataDirectories);

/** What a query answers of the database of the stopped service. */
function inDatabase<T>(query: (connection: BetterSqlite3.Database) => T, file = join(directory, 'kms.sqlite')): T {
  const connection = new BetterSqlite3(file);
  try {
    return query(connection);
  } finally {
    connection.close();
  }
}

const ids = (): number[] =>
  inDatabase((connection) => connection.prepare<[], number>('SELECT id FROM audit_entries').pluck().all());

describe('kms audit archive', () => {
  it('takes nothing that is younger, and says so', async () => {
    const before = ids();
    const { code, out } = await kms('archive', 'export', '--older-than', '1', '--vkey', keys.checkpoints);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('nothing to archive: no entry') });
    expect(ids()).toEqual(before);
  });

  it('says what would go', async () => {
    const before = ids();
    const { code, out } = await archive('export', '--dry-run');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^would archive 2\d\d entries up to 256\n/) });
    expect(ids()).toEqual(before);
  });

  it.each([
    ['a folder that is no export', 'data', 2, 'it is a folder without a checkpoint'],
    ['a folder that is not there', 'nowhere', 2, 'no such'],
    ['an export in which an entry was changed', 'changed', 1, 'NOT VERIFIED: the first bad entry is 256'],
    ['no number of days', 'export', 2, '--older-than must be a number of days'],
  ])('takes nothing for %s', async (what, folder, code, said) => {
    const before = ids();
    if (folder === 'changed') {
      cpSync(join(home, 'export'), join(home, folder), { recursive: true });
      const bundle = join(home, folder, 'tile', 'entries', '000');
      const bytes = readFileSync(bundle, 'latin1');
      const at = bytes.lastIndexOf('"outcome":"approved"');
      writeFileSync(bundle, `${bytes.slice(0, at)}"outcome":"aqproved"${bytes.slice(at + 20)}`, 'latin1');
    }
    const run = await (what.includes('days')
      ? kms('archive', folder, '--older-than', '-1', '--vkey', keys.checkpoints)
      : archive(folder));
    expect(run).toEqual({ code, out: '', error: expect.stringContaining(said) });
    expect(ids()).toEqual(before);
  });

  it('takes nothing without a key to trust, and nothing while the service runs', async () => {
    const server = await serve();
    const before = ids();
    expect(await archive('export')).toMatchObject({ code: 2, error: expect.stringContaining('is in use') });
    expect(ids()).toEqual(before);
    await server.close();
    const { code, error } = await kms('archive', 'export', '--older-than', '0');
    expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining('whom to trust must be said') });
  });

  it('takes what is in the export, keeps what names a split key in use, and records it', async () => {
    const before = ids();
    archived = await archive('export');
    expect(archived).toEqual({ code: 0, error: '', out: expect.stringMatching(/^archived 2\d\d entries up to 256\n/) });
    const [, count = '0'] = /^archived (\d+)/.exec(archived.out) ?? [];
    const after = ids();
    expect(after.length).toBe(before.length - Number(count) + 1);
    expect(after.filter((id) => id > 256).length).toBe(before.filter((id) => id > 256).length + 1);
    const texts = inDatabase((connection) =>
      connection.prepare<[], string>('SELECT entry FROM audit_entries ORDER BY id').pluck().all(),
    ).map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(texts.at(-1)).toMatchObject({
      action: 'archive',
      outcome: 'approved',
      facts: { archived: { up_to: 256, entries: Number(count), hash: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
    const kept = texts.slice(0, 256 - Number(count)).map(({ public_key: key }) => key);
    expect(new Set(kept)).toEqual(new Set([used.userPublicKey, lent.userPublicKey]));
    expect(await archive('export')).toMatchObject({ code: 0, out: expect.stringContaining('nothing to archive') });
  });
});

describe('a database of which entries were archived', () => {
  it('verifies, and says what was not read; with the archive all of it is', async () => {
    const [, count = ''] = /^archived (\d+)/.exec(archived.out) ?? [];
    const database = 'data/kms.sqlite';
    const alone = await verify(database);
    expect(alone).toMatchObject({ code: 0, error: '', out: expect.stringContaining('verified: nothing was found') });
    expect(alone.out).toContain(
      `note: ${count} entries up to 256 were archived: their hashes are those that were signed`,
    );
    expect(alone.out).toContain('no checkpoint covers it yet');
    const filled = await verify(database, '--archive', 'export');
    expect(filled).toMatchObject({ code: 0, out: expect.stringContaining('verified: nothing was found') });
    expect(filled.out).toContain(`note: ${count} archived entries were read from the archive`);
  });

  it('is served, and what is needed of it is there', async () => {
    const server = await serve();
    const anybody = server.anonymous();
    // The same again has the entry that it had; the limit counts what was signed before.
    const again = await signMessage(anybody, used, sha3('a message'));
    successOf(again);
    expect(evidenceIn(again).entry).toBe(evidence.signed.entry);
    const third = await signTransaction(anybody, used, { ...transfer(wallet), transaction_nonce: '2' });
    expect(problemOf(third, 400)).toMatchObject({ code: 'SIGNING.NOT_ALLOWED', reason: 'limit-reached' });
    // What was refused to a key that is gone is refused anew, with an entry of its own.
    const refused = await signMessage(anybody, revoked, sha3('too late'));
    expect(problemOf(refused, 400).code).toBe('SPLIT_KEY.REVOKED');
    expect(evidenceIn(refused).entry).not.toBe(evidence.refused.entry);
    expect(await linesOf(server.as('bob'), wallet.client_id)).toEqual(['share-key approved alice']);
    expect((await anybody.get(`/audit/${evidence.signed.entry}/proof`)).status).toBe(200);
    expect(problemOf(await anybody.get(`/audit/${evidence.refused.entry}/proof`), 404).code).toBe(
      'AUDIT.ENTRY_UNKNOWN',
    );
    await addEntries(server, 300);
    await server.close();
  });

  it('still shows that a promise of an archived entry was kept', async () => {
    const promises = ['--promises-vkey', keys.promises, '--promise', evidence.refused.promise];
    const { code, out } = await verify('data/kms.sqlite', ...promises);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/the promise in the command line: kept, entry \d+/),
    });
  });

  it('shows that a key was quiet only where its entries were read', async () => {
    const quiet = ['prove-quiet', used.userPublicKey, 'data/kms.sqlite', '--vkey', keys.checkpoints];
    expect(await kms(...quiet, '--since', '12')).toMatchObject({
      code: 2,
      error: expect.stringMatching(/entries \d+ to 256 of it were archived.*--archive FOLDER/),
    });
    expect(await kms(...quiet, '--since', '256')).toMatchObject({ code: 0 });
    const since12 = await kms(...quiet, '--since', '12', '--archive', 'export');
    expect(since12).toMatchObject({ code: 0, out: expect.stringContaining('quiet: no entry from 13') });
  });

  it('is exported again with its archive alone, and archived again', async () => {
    const exporting = ['export', 'data/kms.sqlite', 'second', '--vkey', keys.checkpoints];
    expect(await kms(...exporting)).toMatchObject({ code: 2, error: expect.stringContaining('were archived') });
    expect(await kms(...exporting, '--archive', 'export')).toMatchObject({ code: 0 });
    expect(readFileSync(join(home, 'second/tile/entries/000'))).toEqual(
      readFileSync(join(home, 'export/tile/entries/000')),
    );
    expect(await archive('second')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^archived 2\d\d entries up to 512/),
    });
    const { code, out } = await verify('data/kms.sqlite');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('entries up to 512 were archived') });
    expect(await verify('data/kms.sqlite', '--archive', 'second')).toMatchObject({ code: 0 });
    const server = await serve();
    await server.close();
  });

  it.each([
    [
      'another entry is deleted up to there',
      'DELETE FROM audit_entries WHERE id = (SELECT min(id) FROM audit_entries)',
      'among 1 to 512',
    ],
    ['an entry is deleted behind it', 'DELETE FROM audit_entries WHERE id = 520', 'the first bad entry is 520'],
    [
      'one that was archived is put back in place of one that was not',
      `DELETE FROM audit_entries WHERE id = (SELECT min(id) FROM audit_entries);
       INSERT INTO audit_entries (id, entry) SELECT 200, entry FROM given`,
      'among 1 to 512',
    ],
    [
      'the entry that tells of it is changed',
      `UPDATE audit_entries SET entry = json_set(entry, '$.facts.archived.entries', 1) WHERE entry ->> '$.action' = 'archive'`,
      'NOT VERIFIED',
    ],
  ])('is found out when %s', async (_, sql, said) => {
    const file = join(home, 'tampered', 'kms.sqlite');
    mkdirSync(join(home, 'tampered'), { recursive: true });
    copyFileSync(join(directory, 'kms.sqlite'), file);
    const bundle = readFileSync(join(home, 'second/tile/entries/000'));
    inDatabase((connection) => {
      const triggers = connection
        .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_entries'")
        .pluck();
      for (const name of triggers.all()) connection.exec(`DROP TRIGGER ${name}`);
      connection.exec('CREATE TEMP TABLE given (entry TEXT)');
      connection.prepare('INSERT INTO given VALUES (?)').run(entriesIn(bundle)[199]);
      connection.exec(sql);
    }, file);
    expect(await verify(file)).toMatchObject({ code: 1, out: expect.stringContaining(said) });
  });
});

/** The texts of a bundle: each behind its length in two bytes. */
function entriesIn(bundle: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < bundle.length;) {
    const length = bundle.readUInt16BE(at);
    texts.push(bundle.toString('utf8', at + 2, at + 2 + length));
    at += 2 + length;
  }
  return texts;
}
