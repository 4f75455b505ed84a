import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeVkey } from '../../../src/audit/tlog/verifier-key.js';
import { TrustedLog } from '../../../src/audit/verify/trusted-log.js';
import { verifyDatabase } from '../../../src/audit/verify/verify-database.js';
import { ORIGIN } from '../tlog/given-signers.js';
import { rootOf } from '../tree/record-world.js';
import { SignedRecord, VKEY, checkpointOf, entryOf, signersOf, trusted } from './signed-record.js';

const NEXT = `${ORIGIN}/e1`;
const LEFT = 30;

/** What a command writes when a rollback is accepted. */
const acceptance = (lost: readonly string[], { after = NEXT, before = ORIGIN, root = '' } = {}): string =>
  JSON.stringify({
    action: 'accept-rollback',
    at_ms: 1,
    facts: {
      log: { after, before },
      lost_head: {
        origin: before,
        root: root || Buffer.from(rootOf(lost), 'hex').toString('base64'),
        size: lost.length,
      },
    },
    outcome: 'approved',
    request_id: 'r',
    salt: 'aa'.repeat(16),
    txn_verification: 'strict',
  });

let record: SignedRecord;
beforeAll(async () => {
  record = await SignedRecord.make(50, [10, 20, 40, 50]);
});
afterAll(() => {
  record.remove();
});

/** Goes on from the first 30 entries, with these behind them, signed under the new name at these sizes. */
function goneOn(entries: readonly string[], sizes: readonly number[], origin = NEXT): string {
  return record.copy((open) => {
    open.setEntries([...record.entries.slice(0, LEFT), ...entries]);
    open.hashAgain();
    open.signAgain([10, 20]);
    open.signAgain(sizes, origin);
  });
}

const kept = (...notes: readonly string[]): object => ({ checkpoints: [{ where: 'kept', notes }] });
const allKept = (): object => kept(...record.notes);
const found = (file: string, given: object = allKept(), log = trusted): string[] =>
  verifyDatabase(file, log, given).findings.map(({ kind }) => kind);

describe('a rollback that the record tells of', () => {
  it('is no finding, and is told: what was lost and where', () => {
    const file = goneOn([acceptance(record.entries), entryOf(100)], [31, 32]);
    const report = verifyDatabase(file, trusted, allKept());
    expect(report.findings).toEqual([]);
    expect(report.notes).toEqual([expect.stringContaining('entry 31 tells of a rollback')]);
    expect([report.kept?.size, report.own?.size, report.own?.origin]).toEqual([20, 32, NEXT]);
  });

  it('is told to be vouched for by nobody as long as nothing was signed under the new name', () => {
    const report = verifyDatabase(goneOn([acceptance(record.entries)], []), trusted, allKept());
    expect(report.findings).toEqual([]);
    expect(report.notes.at(-1)).toContain(`under the name ${NEXT} nothing has been signed yet`);
  });

  it('is followed from the vkey of any of its names', () => {
    const file = goneOn([acceptance(record.entries), entryOf(100)], [32]);
    const later = TrustedLog.of({ checkpoints: [encodeVkey(signersOf(NEXT).log.key)] });
    expect(found(file, allKept(), later)).toEqual([]);
    expect(found(file, allKept(), TrustedLog.of({ checkpoints: [VKEY] }))).toEqual([]);
    const strange = TrustedLog.of({ checkpoints: [encodeVkey(signersOf(NEXT, 9).log.key)] });
    expect(new Set(found(file, allKept(), strange))).toEqual(new Set(['bad-checkpoint', 'not-covered']));
  });

  it('does not excuse what was changed before it', () => {
    const file = goneOn([acceptance(record.entries), entryOf(100)], [32]);
    const changed = record.entries.with(4, entryOf(900));
    expect(found(file, kept(checkpointOf(changed.slice(0, 20))))).toContain('two-heads');
  });

  it('does not excuse what was lost beyond what it names', () => {
    const file = goneOn([acceptance(record.entries.slice(0, 40)), entryOf(100)], [32]);
    expect(found(file)).toEqual(['rollback-hidden']);
  });

  it('does not excuse another tree of the size that it names', () => {
    const file = goneOn([acceptance(record.entries, { root: Buffer.alloc(32).toString('base64') })], [31]);
    expect(found(file)).toEqual(['two-heads']);
  });

  it('is not believed of another log', () => {
    const file = goneOn([acceptance(record.entries, { after: 'another.example/log/e1' })], []);
    expect(found(file)).toContain('tail-missing');
  });
});

describe('a rollback that the record does not tell of', () => {
  it('is found where the log goes on under its name', () => {
    const more = Array.from({ length: 20 }, (_, at) => entryOf(500 + at));
    const file = record.copy((open) => {
      open.setEntries([...record.entries.slice(0, LEFT), ...more]);
      open.hashAgain();
      open.signAgain([10, 20, 50]);
    });
    const report = verifyDatabase(file, trusted, allKept());
    expect(report.findings.map(({ kind, firstEntry, lastEntry }) => [kind, firstEntry, lastEntry])).toEqual([
      ['entry-changed', 21, 40],
      ['two-heads', undefined, undefined],
    ]);
  });

  it('is found where an older copy knows nothing of a later name', () => {
    const later = [...record.entries.slice(0, LEFT), acceptance(record.entries), entryOf(100)];
    const report = verifyDatabase(record.file, trusted, kept(checkpointOf(later, NEXT)));
    expect(report.findings).toEqual([
      expect.objectContaining({ kind: 'entry-changed', text: expect.stringContaining(`nothing of the name ${NEXT}`) }),
    ]);
  });
});
