import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyDatabase } from '../../../src/audit/verify/verify-database.js';
import type { RecordReport } from '../../../src/audit/verify/record-report.js';
import { SignedRecord, checkpointOf, entryOf, trusted } from './signed-record.js';
import type { OpenRecord } from './signed-record.js';

const TRIALS = 60;
const ENTRIES = 560;
const SIZES = [0, 3, 90, 256, 300, 511, 540, 555];
/** Behind it nothing has been signed yet. */
const COVERED = 555;
/** Up to here the leaves are kept in full tiles. */
const IN_TILES = 512;

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

/** A generator that gives the same again for the same seed (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Pick = (below: number) => number;

interface Tampering {
  readonly what: string;
  /** Damages the record and says which entry is the first that is not what was signed; 0 if none is. */
  readonly damage: (record: OpenRecord, pick: Pick) => number;
  readonly kinds: readonly string[];
  /** Whether the first bad entry can be named alone where tiles are full. */
  readonly isExact?: boolean;
  /** Whether only checkpoints kept elsewhere show it. */
  readonly onlyElsewhere?: boolean;
}

const anyEntry = (pick: Pick): number => 1 + pick(COVERED);

/** Another entry of the same form. */
const another = (pick: Pick): string => entryOf(1_000 + pick(1_000_000));

/** One character of a text that can be another one without its becoming no JSON. */
function edited(entry: string, pick: Pick): string {
  const digits = [...entry.matchAll(/[0-9]/g)]
    .map(({ index }) => index)
    .filter((at) => entry.slice(at - 8, at) !== '"at_ms":');
  const at = digits[pick(digits.length)] ?? 0;
  return `${entry.slice(0, at)}${(Number(entry[at]) + 1 + pick(8)) % 10}${entry.slice(at + 1)}`;
}

const TAMPERINGS: readonly Tampering[] = [
  {
    what: 'a character of an entry is edited',
    damage: (record, pick) => {
      const id = anyEntry(pick);
      record.setEntry(id, edited(record.entries[id - 1] ?? '', pick));
      return id;
    },
    kinds: ['entry-changed'],
    isExact: true,
  },
  {
    what: 'an entry is deleted',
    damage: (record, pick) => {
      const id = anyEntry(pick);
      record.connection.prepare('DELETE FROM audit_entries WHERE id = ?').run(id);
      return id;
    },
    kinds: ['entry-missing'],
    isExact: true,
  },
  {
    what: 'an entry is deleted, and the others move up',
    damage: (record, pick) => {
      const id = anyEntry(pick);
      record.setEntries(record.entries.toSpliced(id - 1, 1));
      return id;
    },
    kinds: ['entry-changed'],
    isExact: true,
  },
  {
    what: 'an entry is inserted, and the others move on',
    damage: (record, pick) => {
      const id = anyEntry(pick);
      record.setEntries(record.entries.toSpliced(id - 1, 0, another(pick)));
      return id;
    },
    kinds: ['entry-changed'],
    isExact: true,
  },
  {
    what: 'two entries are swapped',
    damage: (record, pick) => {
      const [one, other] = [anyEntry(pick), anyEntry(pick)];
      const first = Math.min(one, other === one ? (one % COVERED) + 1 : other);
      const second = Math.max(one, other === one ? (one % COVERED) + 1 : other);
      const { entries } = record;
      record.setEntry(first, entries[second - 1]);
      record.setEntry(second, entries[first - 1]);
      return first;
    },
    kinds: ['entry-changed'],
    isExact: true,
  },
  {
    what: 'an entry is no text, or no JSON',
    damage: (record, pick) => {
      const id = anyEntry(pick);
      const entry = record.entries[id - 1] ?? '';
      const texts = [Buffer.from(entry), entry.slice(0, -1), `[${entry}]`, '"approved"', '', 'x'.repeat(70_000), 7];
      record.connection.pragma('ignore_check_constraints = ON');
      record.setEntry(id, texts[pick(texts.length)]);
      return id;
    },
    kinds: ['entry-malformed'],
    isExact: true,
  },
  {
    what: 'an entry is edited and all is hashed again',
    damage: (record, pick) => {
      const id = anyEntry(pick);
      record.setEntry(id, edited(record.entries[id - 1] ?? '', pick));
      record.hashAgain();
      return id;
    },
    kinds: ['entry-changed'],
  },
  {
    what: 'an entry is edited, all is hashed again, and signed again by who has the key',
    damage: (record, pick) => {
      const id = anyEntry(pick);
      record.setEntry(id, edited(record.entries[id - 1] ?? '', pick));
      record.hashAgain();
      record.signAgain(SIZES.map((size) => Math.max(0, size - pick(2))));
      return id;
    },
    kinds: ['entry-changed'],
    onlyElsewhere: true,
  },
  {
    what: 'the last entries are cut off, with all that tells of them',
    damage: (record, pick) => {
      const left = pick(COVERED);
      record.setEntries(record.entries.slice(0, left));
      record.hashAgain();
      record.signAgain(SIZES.filter((size) => size <= left));
      return left + 1;
    },
    kinds: ['tail-missing'],
    onlyElsewhere: true,
  },
  {
    what: 'an older copy is put in place and goes on',
    damage: (record, pick) => {
      const left = pick(COVERED);
      const more = Array.from({ length: pick(1_000) }, () => another(pick));
      record.setEntries([...record.entries.slice(0, left), ...more]);
      record.hashAgain();
      record.signAgain([...SIZES.filter((size) => size <= left), left + more.length]);
      return left + 1;
    },
    kinds: ['entry-changed', 'tail-missing'],
    onlyElsewhere: true,
  },
  {
    what: 'two heads of one size are signed',
    damage: (record, pick) => {
      const size = SIZES.filter((one) => one > 0)[pick(SIZES.length - 1)] ?? 0;
      const entries = record.entries.slice(0, size);
      const id = 1 + pick(size);
      record.keep(checkpointOf(entries.with(id - 1, another(pick))));
      return 0;
    },
    kinds: ['two-heads'],
  },
  {
    what: 'a checkpoint is forged by who has not the key',
    damage: (record, pick) => {
      const size = 1 + pick(ENTRIES);
      record.keep(checkpointOf(record.entries.slice(0, size), undefined, { key: 9 }));
      return 0;
    },
    kinds: ['bad-checkpoint'],
  },
  {
    what: 'a kept hash is changed',
    damage: (record, pick) => {
      const id = 1 + pick(IN_TILES);
      const number = Math.floor((id - 1) / 256);
      const tile = record.connection.prepare<[number], Buffer>(
        'SELECT hashes FROM audit_tiles WHERE level = 0 AND number = ?',
      );
      const hashes = tile.pluck().get(number) ?? Buffer.alloc(0);
      const at = ((id - 1) % 256) * 32 + pick(32);
      hashes[at] = (hashes[at] ?? 0) ^ (1 + pick(255));
      record.connection.prepare('UPDATE audit_tiles SET hashes = ? WHERE level = 0 AND number = ?').run(hashes, number);
      return 0;
    },
    kinds: ['tree-changed'],
  },
];

let record: SignedRecord;
beforeAll(async () => {
  record = await SignedRecord.make(ENTRIES, SIZES);
});
afterAll(() => {
  record.remove();
});

const kept = (): { where: string; notes: readonly string[] }[] => [{ where: 'kept elsewhere', notes: record.notes }];

/** The first bad entry, or the range in which it is, as the report names it. */
function namedBy(report: RecordReport): { first: number; last: number } | undefined {
  const [finding] = report.findings.filter(({ firstEntry }) => firstEntry !== undefined);
  if (finding?.firstEntry === undefined) return undefined;
  return { first: finding.firstEntry, last: finding.lastEntry ?? finding.firstEntry };
}

/** Alone where that can be known, else between the checkpoints around it. */
function mayBeNamed({ isExact, kinds }: Tampering, first: number): { least: number; most: number } {
  // The last leaf of the last full tile is signed together with leaves that no tile has.
  const isInTiles = first < IN_TILES;
  if (isExact === true && (isInTiles || kinds[0] !== 'entry-changed')) return { least: first, most: first };
  return {
    least: (SIZES.findLast((size) => size < first) ?? 0) + 1,
    most: SIZES.find((size) => size >= first) ?? 0,
  };
}

describe(`a record that was tampered with (SEED=${SEED})`, () => {
  it.each(TAMPERINGS)('$what: found each time, and the first bad entry named', (tampering) => {
    const pick = random(SEED);
    for (let trial = 0; trial < TRIALS; trial += 1) {
      let first = 0;
      const file = record.copy((open) => (first = tampering.damage(open, pick)));
      const report = verifyDatabase(file, trusted, { checkpoints: kept() });
      const context = JSON.stringify({ trial, first, findings: report.findings });
      expect({
        context,
        found: tampering.kinds.some((kind) => report.findings.some((one) => one.kind === kind)),
      }).toEqual({
        context,
        found: true,
      });
      const named = namedBy(report);
      if (first === 0) {
        expect({ context, named }).toEqual({ context, named: undefined });
      } else {
        const { least, most } = mayBeNamed(tampering, first);
        const { first: from = 0, last: to = Infinity } = named ?? {};
        expect({ context, isRight: least <= from && from <= first && first <= to && to <= most }).toEqual({
          context,
          isRight: true,
        });
      }
      rmSync(file);
    }
  });

  it.each(TAMPERINGS.filter(({ onlyElsewhere }) => onlyElsewhere === true))(
    '$what: nobody could tell without checkpoints kept elsewhere',
    ({ damage }) => {
      const file = record.copy((open) => damage(open, random(SEED)));
      expect(verifyDatabase(file, trusted).findings).toEqual([]);
    },
  );

  it.each(TAMPERINGS.filter(({ onlyElsewhere }) => onlyElsewhere !== true))(
    '$what: found without them too, by what the database itself has',
    ({ damage, what }) => {
      const file = record.copy((open) => damage(open, random(SEED)));
      expect(verifyDatabase(file, trusted).findings.length).toBeGreaterThan(
        what === 'two heads of one size are signed' ? -1 : 0,
      );
    },
  );
});

describe('a sound record', () => {
  it('has no finding, with and without checkpoints kept elsewhere, and says what they cover', () => {
    const report = verifyDatabase(record.file, trusted, {
      checkpoints: [{ where: 'kept', notes: record.notes.slice(0, -1) }],
    });
    expect(report).toMatchObject({ entries: ENTRIES, covered: COVERED, findings: [], notes: [] });
    expect([report.kept?.size, report.kept?.where]).toEqual([540, 'kept']);
    expect([report.own?.size, report.own?.where]).toEqual([555, 'the database']);
    expect(verifyDatabase(record.file, trusted)).toMatchObject({ covered: COVERED, findings: [], kept: undefined });
  });
});
