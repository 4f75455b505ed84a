import { generateKeyPairSync } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EntryEvidence } from '../../../src/audit/entry-evidence.js';
import type { Evidence } from '../../../src/audit/entry-evidence.js';
import { newSalt } from '../../../src/audit/entry-text.js';
import { parsePromise } from '../../../src/audit/promises/entry-promise.js';
import { verifyPromise } from '../../../src/audit/promises/verify-promise.js';
import type { RecordedEntry } from '../../../src/audit/recorded-entry.js';
import { DomainError } from '../../../src/errors/domain-error.js';
import { TestClock } from '../../support/test-clock.js';
import { promiser, trust } from '../promises/given-promises.js';
import { ORIGIN } from '../tlog/given-signers.js';
import { HeldPool, SignatureTap } from './held-pool.js';

type Given = Evidence | DomainError | undefined;

const log = { epoch: { number: 0, origin: ORIGIN, size: 0 }, promises: promiser };
let signatures: SignatureTap;
let evidence: EntryEvidence;
beforeEach(() => {
  signatures = new SignatureTap();
  log.promises = promiser;
  evidence = new EntryEvidence({ log }, new TestClock());
});
afterEach(() => {
  signatures.close();
});

let recorded = 0;
function entries(count: number): RecordedEntry[] {
  return Array.from({ length: count }, () => {
    const salt = newSalt();
    return { id: (recorded += 1), salt, text: `{"salt":"${salt}"}` };
  });
}

/** The notes of evidence that must hold for these entries, in their order. */
function notesOf(given: readonly Given[], of: readonly RecordedEntry[]): string[] {
  expect(given).toHaveLength(of.length);
  return of.map(({ text }, index) => {
    const one = given[index];
    if (one === undefined || one instanceof DomainError) throw new Error(`entry ${index} has no evidence`);
    expect(verifyPromise(one.promise, Buffer.from(text), { ...trust, origin: ORIGIN })).toMatchObject({ holds: true });
    return parsePromise(one.promise, 'promise').note;
  });
}

const sizeIn = (note: string): number => Number(/\nleaves (\d+)\n/.exec(note)?.[1]);

describe('evidence', () => {
  it('of 64 that are asked for one by one at once is of two signatures', async () => {
    const all = entries(64);
    const given = await Promise.all(all.map((entry) => evidence.of([entry])));
    expect(signatures.count).toBe(2);
    const notes = notesOf(given.flat(), all);
    expect(notes.map(sizeIn)).toEqual([1, ...Array<number>(63).fill(63)]);
    expect(new Set(notes).size).toBe(2);
  });

  it.each([
    { asked: [64, 64, 64], atOnce: 3, sizes: [64, 64, 64] },
    { asked: [1, 62, 1], atOnce: 1, sizes: [1, 63] },
    { asked: [1, 63, 1], atOnce: 2, sizes: [1, 64] },
    { asked: [1, 64], atOnce: 2, sizes: [1, 64] },
    { asked: [40, 40, 40], atOnce: 2, sizes: [40, 40, 40] },
    { asked: [1, 30, 30, 5], atOnce: 2, sizes: [1, 60, 5] },
    { asked: [1, 1, 64, 1], atOnce: 3, sizes: [1, 1, 64, 1] },
  ])('of $asked asked for in turn is of groups of $sizes, $atOnce at once', async ({ asked, atOnce, sizes }) => {
    const all = asked.map((count) => entries(count));
    const promised = all.map((some) => evidence.of(some));
    expect(signatures.count).toBe(atOnce);
    const given = await Promise.all(promised);
    expect(signatures.count).toBe(sizes.length);
    const notes = all.map((some, index) => {
      const [note = '', ...others] = new Set(notesOf(given[index] ?? [], some));
      expect(others).toEqual([]);
      return note;
    });
    expect([...new Set(notes)].map(sizeIn)).toEqual(sizes);
  });

  it('is signed in the pool, and given to all who waited for it', async () => {
    const pool = new HeldPool();
    const all = entries(10);
    let isGiven = false;
    const given = Promise.all(all.map((entry) => evidence.of([entry]).finally(() => (isGiven = true))));
    try {
      // As long as this thread is not the one that signs, it has turns to spare.
      for (let turn = 0; turn < 50; turn += 1) await setImmediate();
      expect([isGiven, signatures.count]).toEqual([false, 1]);
    } finally {
      await pool.release();
    }
    const notes = notesOf((await given).flat(), all);
    expect(notes.map(sizeIn)).toEqual([1, ...Array<number>(9).fill(9)]);
  });

  it('is of each what it asked for, where some entries are lost or unknown', async () => {
    const [one, two, three] = entries(3) as [RecordedEntry, RecordedEntry, RecordedEntry];
    const [given, none, last] = await Promise.all([
      evidence.of(['lost', one, 'unknown', two, 'lost']),
      evidence.of(['unknown', 'lost']),
      evidence.of([three]),
    ]);
    const lost = expect.objectContaining({ code: 'AUDIT.NO_EVIDENCE' }) as unknown;
    expect([given[0], given[2], given[4], ...none]).toEqual([lost, undefined, lost, undefined, lost]);
    notesOf([given[1], given[3], ...last], [one, two, three]);
    expect(await evidence.of([])).toEqual([]);
  });
});

const UNABLE = [
  ['in the pool', generateKeyPairSync('x25519').privateKey],
  ['at once', generateKeyPairSync('ed25519').publicKey],
] as const;

describe('a signer that fails', () => {
  it.each(UNABLE)('%s leaves each of its group without evidence, and none that come later', async (_, privateKey) => {
    log.promises = { ...promiser, privateKey };
    const mute = [...entries(3).map((entry) => evidence.of([entry])), evidence.of(entries(64))];
    const given = (await Promise.all(mute)).flat();
    expect(given).toHaveLength(67);
    for (const one of given) expect(one).toMatchObject({ code: 'AUDIT.NO_EVIDENCE' });
    expect(new Set(given).size).toBe(67);

    log.promises = promiser;
    const later = entries(2);
    notesOf(await evidence.of(later), later);
  });

  it('leaves those alone who were promised before', async () => {
    const [before, after] = [entries(5), entries(5)];
    const first = evidence.of(before);
    const second = evidence.of(after);
    log.promises = { ...promiser, privateKey: generateKeyPairSync('x25519').privateKey };
    notesOf(await first, before);
    for (const one of await second) expect(one).toMatchObject({ code: 'AUDIT.NO_EVIDENCE' });
  });
});
