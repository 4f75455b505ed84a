import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entryBundlePath, tilePath } from '../../../src/audit/tlog/tile-paths.js';
import { tilesToWrite } from '../../../src/audit/tlog/tiles.js';
import { exportDatabase, verifyRecord } from '../../../src/audit/verify/verify-database.js';
import { SignedRecord, checkpointOf, entryOf, trusted } from './signed-record.js';

const SIZE = 590;

let record: SignedRecord;
let whole: string;
beforeAll(async () => {
  record = await SignedRecord.make(600, [100, 300, SIZE]);
  whole = join(record.folder, 'export');
  exportDatabase(record.file, trusted, whole);
});
afterAll(() => {
  record.remove();
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());

/** A copy of the export, damaged as told. */
function damaged(damage: (path: (name: string) => string) => void): string {
  const folder = join(record.folder, 'damaged');
  rmSync(folder, { recursive: true, force: true });
  cpSync(whole, folder, { recursive: true });
  damage((name) => join(folder, name));
  return folder;
}

const kept = {
  checkpoints: [
    {
      where: 'kept',
      get notes() {
        return record.notes;
      },
    },
  ],
};
const foundIn = (folder: string, given = {}): unknown[] =>
  verifyRecord(folder, trusted, given).findings.map(({ kind, firstEntry }) => [kind, firstEntry]);

describe('an export', () => {
  it('has the files that the format has for its checkpoint, and no others, for their owner alone', () => {
    const tiles = tilesToWrite(0, SIZE);
    const bundles = tiles.filter(({ level }) => level === 0);
    expect(filesIn(whole).sort()).toEqual(
      ['checkpoint', ...tiles.map(tilePath), ...bundles.map(entryBundlePath)].sort(),
    );
    for (const name of ['', ...readdirSync(whole, { recursive: true, encoding: 'utf8' })]) {
      const status = statSync(join(whole, name));
      expect([name, (status.mode & 0o777).toString(8)]).toEqual([name, status.isFile() ? '600' : '700']);
    }
    expect(readFileSync(join(whole, 'checkpoint'), 'utf8')).toBe(record.notes.at(-1));
    expect(readdirSync(record.folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('verifies, by itself and with checkpoints that were kept elsewhere', () => {
    expect(verifyRecord(whole, trusted)).toMatchObject({ entries: SIZE, covered: SIZE, findings: [], notes: [] });
    const report = verifyRecord(whole, trusted, kept);
    expect(report).toMatchObject({ findings: [] });
    expect([report.kept?.size, report.own?.size]).toEqual([SIZE, SIZE]);
  });

  it.each([1, 255, 256, 257, 512])('of %i entries verifies too', (size) => {
    const file = record.copy((open) => {
      open.signAgain([size]);
    });
    const folder = join(record.folder, `export-${size}`);
    expect(exportDatabase(file, trusted, folder).head?.size).toBe(size);
    expect(verifyRecord(folder, trusted)).toMatchObject({ entries: size, findings: [] });
  });

  it('is not made of a record that does not hold, and leaves nothing behind', () => {
    const file = record.copy((open) => {
      open.setEntry(7, entryOf(900));
    });
    const before = readdirSync(record.folder);
    const { report, head } = exportDatabase(file, trusted, join(record.folder, 'bad'));
    expect(head).toBeUndefined();
    expect(report.findings[0]).toMatchObject({ kind: 'entry-changed', firstEntry: 7 });
    expect(readdirSync(record.folder)).toEqual(before);
  });

  it('goes up to the newest checkpoint of the database, also where that was kept elsewhere', () => {
    const folder = join(record.folder, 'held-against');
    expect(exportDatabase(record.file, trusted, folder, kept).head?.size).toBe(SIZE);
    expect(filesIn(folder).sort()).toEqual(filesIn(whole).sort());
  });

  it('takes an empty folder, and none that has anything in it', () => {
    const empty = join(record.folder, 'empty');
    mkdirSync(empty);
    expect(exportDatabase(record.file, trusted, empty).head?.size).toBe(SIZE);
    expect(() => exportDatabase(record.file, trusted, empty)).toThrow('is not empty');
    expect(filesIn(empty)).toEqual(filesIn(whole));
  });
});

describe('an export that was tampered with', () => {
  it('names the entry that was edited, also in the last bundle', () => {
    for (const id of [1, 256, 257, 590]) {
      const number = Math.floor((id - 1) / 256);
      const folder = damaged((path) => {
        const file = path(`tile/entries/00${number}${number === 2 ? '.p/78' : ''}`);
        const text = readFileSync(file, 'latin1');
        writeFileSync(
          file,
          text.replace(
            `"request-${id}"`,
            `"request-${id === 590 ? 591 : (id % 9) + 1}`
              .padEnd(`"request-${id}`.length, '0')
              .slice(0, `"request-${id}`.length) + '"',
          ),
          'latin1',
        );
      });
      expect([id, foundIn(folder)]).toEqual([id, [['entry-changed', id]]]);
    }
  });

  it.each([
    [
      'a bundle that is missing',
      (path: (name: string) => string) => {
        rmSync(path('tile/entries/001'));
      },
      ['unreadable', 257],
    ],
    [
      'a bundle that was cut',
      (path: (name: string) => string) => {
        writeFileSync(path('tile/entries/001'), readFileSync(path('tile/entries/001')).subarray(0, -9));
      },
      ['unreadable', 257],
    ],
    [
      'a tile that is missing',
      (path: (name: string) => string) => {
        rmSync(path('tile/0/000'));
      },
      ['tree-changed', undefined],
    ],
    [
      'a tile that was changed',
      (path: (name: string) => string) => {
        writeFileSync(path('tile/1/000.p/2'), Buffer.alloc(64));
      },
      ['tree-changed', undefined],
    ],
    [
      'a link in place of a tile',
      (path: (name: string) => string) => {
        rmSync(path('tile/0/000'));
        symlinkSync('/dev/zero', path('tile/0/000'));
      },
      ['tree-changed', undefined],
    ],
    [
      'a link in place of a bundle',
      (path: (name: string) => string) => {
        rmSync(path('tile/entries/000'));
        symlinkSync('/dev/zero', path('tile/entries/000'));
      },
      ['unreadable', 1],
    ],
    [
      'a checkpoint of others',
      (path: (name: string) => string) => {
        writeFileSync(path('checkpoint'), checkpointOf(record.entries.slice(0, SIZE), undefined, { key: 9 }));
      },
      ['bad-checkpoint', undefined],
    ],
    [
      'a checkpoint that promises more',
      (path: (name: string) => string) => {
        writeFileSync(path('checkpoint'), checkpointOf(record.entries));
      },
      ['unreadable', 513],
    ],
  ])('with %s is found', (_, damage, finding) => {
    expect(foundIn(damaged(damage))).toContainEqual(finding);
  });

  it('without its checkpoint is none: an interrupted one', () => {
    expect(() =>
      verifyRecord(
        damaged((path) => {
          rmSync(path('checkpoint'));
        }),
        trusted,
      ),
    ).toThrow('without a checkpoint');
  });

  it('is found by a checkpoint that was kept elsewhere, when it ends too early', () => {
    const file = record.copy((open) => {
      open.signAgain([100]);
    });
    const folder = join(record.folder, 'short');
    exportDatabase(file, trusted, folder);
    expect(foundIn(folder, kept)).toEqual([['tail-missing', 101]]);
  });
});
