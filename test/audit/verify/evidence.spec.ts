import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodePromise } from '../../../src/audit/promises/entry-promise.js';
import { promiseGroup } from '../../../src/audit/promises/promise-group.js';
import { leafHash } from '../../../src/audit/tlog/hashes.js';
import { MerkleTree } from '../../../src/audit/tlog/merkle-tree.js';
import { encodeTlogProof } from '../../../src/audit/tlog/tlog-proof.js';
import { TrustedLog } from '../../../src/audit/verify/trusted-log.js';
import { verifyDatabase } from '../../../src/audit/verify/verify-database.js';
import { ORIGIN } from '../tlog/given-signers.js';
import {
  AT_SECONDS,
  PROMISES_VKEY,
  SignedRecord,
  VKEY,
  checkpointOf,
  entryOf,
  signersOf,
  trusted,
} from './signed-record.js';

const HOUR = 3_600;

let record: SignedRecord;
beforeAll(async () => {
  record = await SignedRecord.make(50, [10, 40]);
});
afterAll(() => {
  record.remove();
});

/** A promise of this entry, given so many seconds before the checkpoints. */
function promiseOf(entry: string, { before = 60, origin = ORIGIN, delay = HOUR } = {}): string {
  const [promise] = promiseGroup([leafHash(Buffer.from(entry))], {
    origin,
    atMilliseconds: (AT_SECONDS - before) * 1000,
    mergeDelaySeconds: delay,
    signer: signersOf(origin).promises,
  });
  if (promise === undefined) throw new Error('nothing was promised');
  return encodePromise(promise);
}

function proofOf(index: number, size: number, entries = record.entries): string {
  const leaves = entries.slice(0, size).map((entry) => leafHash(Buffer.from(entry)));
  return encodeTlogProof({
    index,
    hashes: new MerkleTree(leaves).inclusion(index),
    checkpoint: checkpointOf(entries.slice(0, size)),
  });
}

const promised = (header: string, log = trusted, file = record.file): { states: unknown[]; kinds: string[] } => {
  const { promises, findings } = verifyDatabase(file, log, { promises: [{ header, where: 'p' }] });
  return { states: promises.map(({ state, entry }) => [state, entry]), kinds: findings.map(({ kind }) => kind) };
};

describe('a promise', () => {
  it('is kept by an entry that a checkpoint covers', () => {
    expect(promised(promiseOf(record.entries[11] ?? ''))).toEqual({ states: [['kept', 12]], kinds: [] });
  });

  it('is open while its entry is under no checkpoint, or its time is not over', () => {
    expect(promised(promiseOf(record.entries[44] ?? ''))).toEqual({ states: [['open', 45]], kinds: [] });
    expect(promised(promiseOf(entryOf(77)))).toEqual({ states: [['open', undefined]], kinds: [] });
  });

  it('is broken when its entry is not there by the time of a checkpoint behind its deadline', () => {
    expect(promised(promiseOf(entryOf(77), { before: 2 * HOUR }))).toEqual({
      states: [['broken', undefined]],
      kinds: ['promise-broken'],
    });
  });

  it('is broken by an entry that came too late', () => {
    expect(promised(promiseOf(record.entries[20] ?? '', { before: 2 * HOUR }))).toEqual({
      states: [['broken', 21]],
      kinds: ['promise-broken'],
    });
  });

  it('is not shown to be broken by who does not trust any time, and not called kept', () => {
    const timeless = TrustedLog.of({ checkpoints: [VKEY], promises: [PROMISES_VKEY] });
    expect(promised(promiseOf(entryOf(77), { before: 2 * HOUR }), timeless)).toEqual({
      states: [['not shown', undefined]],
      kinds: ['promise-not-kept'],
    });
  });

  it('is broken when its entry was cut off afterwards', () => {
    const header = promiseOf(record.entries[30] ?? '', { before: 2 * HOUR });
    const file = record.copy((open) => {
      open.setEntries(record.entries.slice(0, 30));
      open.hashAgain();
      open.signAgain([10, 30]);
    });
    expect(promised(header, trusted, file).kinds).toEqual(['promise-broken']);
  });

  it.each([
    ['of another log', () => promiseOf(entryOf(1), { origin: 'another.example/log' })],
    ['that is none', () => 'no promise'],
    ['with a byte changed', () => promiseOf(entryOf(1)).replace(/.(?=.{30}$)/, (one) => (one === 'A' ? 'B' : 'A'))],
  ])('%s is bad', (_, header) => {
    expect(promised(header())).toEqual({ states: [['bad', undefined]], kinds: ['bad-promise'] });
  });
});

const proven = (text: string, file = record.file): { states: unknown[]; kinds: string[] } => {
  const { proofs, findings } = verifyDatabase(file, trusted, { proofs: [{ text, where: 'p' }] });
  return { states: proofs.map(({ holds, entry }) => [holds, entry]), kinds: findings.map(({ kind }) => kind) };
};

describe('a proof', () => {
  it('holds of the entry that the record has at its place', () => {
    expect(proven(proofOf(11, 40))).toEqual({ states: [[true, 12]], kinds: [] });
    expect(proven(proofOf(0, 1))).toEqual({ states: [[true, 1]], kinds: [] });
  });

  it('counts as a checkpoint that was kept elsewhere', () => {
    const report = verifyDatabase(record.file, trusted, { proofs: [{ text: proofOf(11, 35), where: 'p' }] });
    expect([report.kept?.size, report.kept?.where]).toEqual([35, 'p']);
  });

  it('of an entry that was changed afterwards does not hold, and the entry is named', () => {
    const file = record.copy((open) => {
      open.setEntry(12, entryOf(900));
    });
    const { states, kinds } = proven(proofOf(11, 40), file);
    expect(states).toEqual([[false, 12]]);
    expect(kinds).toContain('bad-proof');
  });

  it('of an entry that the record has not does not hold', () => {
    const longer = [...record.entries, entryOf(51)];
    expect(proven(proofOf(50, 51, longer)).kinds.sort()).toEqual(['bad-proof', 'tail-missing']);
  });

  it.each([
    ['that is none', () => 'c2sp.org/tlog-proof@v1\n'],
    [
      'with a hash changed',
      () => proofOf(11, 40).replace(/\n[^\n]{43}=\n/, `\n${Buffer.alloc(32).toString('base64')}\n`),
    ],
    ['with another index', () => proofOf(11, 40).replace('index 11', 'index 12')],
    ['of an index that its tree has not', () => proofOf(11, 40).replace('index 11', 'index 41')],
  ])('%s does not hold', (_, text) => {
    expect(proven(text()).kinds).toEqual(['bad-proof']);
  });

  it('under a checkpoint of somebody else does not hold', () => {
    const text = proofOf(11, 40);
    const forged = `${text.slice(0, text.indexOf('\n\n') + 2)}${checkpointOf(record.entries.slice(0, 40), ORIGIN, { key: 9 })}`;
    expect(proven(forged).kinds.sort()).toEqual(['bad-checkpoint', 'bad-proof']);
  });
});
