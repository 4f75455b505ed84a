import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBuilt } from '../support/built-server.js';
import { runKms } from './kms-process.js';
import type { KmsRun } from './kms-process.js';
import { SignedRecord, VKEY, entryOf } from '../audit/verify/signed-record.js';

const KEY = 'ab'.repeat(64);

/** An entry about this key, its members in the order of their names. */
const about = (
  salt: number,
  { action, facts, outcome = 'approved' }: { action: string; facts?: object; outcome?: string },
): string =>
  JSON.stringify({
    action,
    at_ms: 1,
    facts,
    outcome,
    public_key: KEY,
    request_id: 'r',
    salt: salt.toString(16).padStart(32, '0'),
  });

const ENTRIES = [
  entryOf(1),
  about(2, { action: 'sign-message' }),
  about(3, { action: 'sign-transaction', outcome: 'denied' }),
  about(4, { action: 'share-key' }),
  about(5, { action: 'count-repeats', facts: { repeats: { outcome: 'denied' } } }),
  about(6, { action: 'count-repeats', facts: { repeats: { outcome: 'approved' } } }),
  about(7, { action: 'share-key' }),
  about(8, { action: 'sign-transaction' }),
  about(9, { action: 'share-key' }),
  JSON.stringify({ action: 'lost-entry', outcome: 'failed' }),
  about(11, { action: 'share-key' }),
  about(12, { action: 'sign-message' }),
];
/** The last entry is under no checkpoint. */
const COVERED = ENTRIES.length - 1;

let record: SignedRecord;
beforeAll(async () => {
  ensureBuilt();
  record = await SignedRecord.make(ENTRIES, [COVERED]);
});
afterAll(() => {
  record.remove();
});

const kms = (...words: readonly string[]): Promise<KmsRun> => runKms(['audit', ...words], record.folder);

describe('kms audit export', () => {
  it('writes a folder that kms audit verify reads', async () => {
    expect(await kms('export', 'kms.sqlite', 'out/log', '--vkey', VKEY)).toEqual({
      code: 0,
      out: `out/log: ${COVERED} entries of kms.example/log, under their checkpoint\n`,
      error: '',
    });
    const { code, out } = await kms('verify', 'out/log', '--vkey', VKEY);
    expect({ code, isVerified: out.endsWith('verified: nothing was found\n') }).toEqual({ code: 0, isVerified: true });
    expect(await kms('export', 'kms.sqlite', 'out/log', '--vkey', VKEY)).toMatchObject({
      code: 2,
      error: expect.stringContaining('is not empty'),
    });
  });

  it('writes nothing of a record that does not hold', async () => {
    const file = record.copy((open) => {
      open.setEntry(3, entryOf(3));
    });
    const { code, out, error } = await kms('export', file, 'bad', '--vkey', VKEY);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain('FOUND: ');
    expect(error.endsWith('nothing was exported\n')).toBe(true);
    expect(readdirSync(record.folder).filter((name) => name.startsWith('bad'))).toEqual([]);
    expect(await kms('export', 'kms.sqlite', 'bad')).toMatchObject({
      code: 2,
      error: expect.stringContaining('--vkey'),
    });
  });
});

describe('kms audit prove-quiet', () => {
  it.each([
    [0, 2, 'a signature'],
    [1, 2, 'a signature'],
    [2, 6, 'signatures that were given again'],
    [5, 6, 'signatures that were given again'],
    [6, 8, 'a signature'],
    [8, 10, 'a lost entry'],
  ])('behind entry %i hears entry %i: %s', async (since, entry, what) => {
    const run = await kms('prove-quiet', KEY, 'kms.sqlite', '--since', String(since), '--vkey', VKEY);
    expect(run).toEqual({ code: 1, out: `NOT QUIET: entry ${entry} tells of ${what}\n`, error: '' });
  });

  it('claims what the newest checkpoint covers and no more, and says under which', async () => {
    const { code, out } = await kms('prove-quiet', KEY.toUpperCase(), 'kms.sqlite', '--since', '10', '--vkey', VKEY);
    expect(code).toBe(0);
    expect(out).toContain(`quiet: no entry from 11 to ${COVERED} tells of a signature of the key ${KEY}\n`);
    expect(out).toContain(`by the checkpoint of kms.example/log, ${COVERED} entries, root `);
    expect(out).toContain('not claimed: ');
  });

  it('hears nothing of another key', async () => {
    const run = await kms('prove-quiet', 'cd'.repeat(64), 'kms.sqlite', '--since', '10', '--vkey', VKEY);
    expect(run.code).toBe(0);
  });

  it('claims nothing of a record that does not hold', async () => {
    const file = record.copy((open) => {
      open.setEntry(8, entryOf(8));
    });
    const { code, out } = await kms('prove-quiet', KEY, file, '--since', '10', '--vkey', VKEY);
    expect(code).toBe(1);
    expect(out).toContain('NOT VERIFIED');
    expect(out).not.toContain('quiet:');
  });

  it.each([
    [[KEY, 'kms.sqlite', '--since', '11'], /no checkpoint covers an entry behind 11/],
    [[KEY, 'kms.sqlite', '--since', '-1'], /--since must be the id of an entry/],
    [[KEY, 'kms.sqlite'], /required option '--since <entry>'/],
    [['ab', 'kms.sqlite', '--since', '1'], /128 hexadecimal digits/],
  ])('ends with 2 for %j', async (words, why) => {
    const { code, out, error } = await kms('prove-quiet', ...words, '--vkey', VKEY);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(why);
  });
});
