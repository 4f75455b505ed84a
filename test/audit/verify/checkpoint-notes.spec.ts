import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CheckpointNoteReader, notesIn } from '../../../src/audit/verify/checkpoint-notes.js';
import { KeptNotesFile } from '../../../src/audit/verify/kept-notes-file.js';
import { verifyDatabase } from '../../../src/audit/verify/verify-database.js';
import { SignedRecord, trusted } from './signed-record.js';

let record: SignedRecord;
let file: string;
beforeAll(async () => {
  record = await SignedRecord.make(30, [0, 5, 10, 20, 30]);
  file = record.notes.map((note) => `${note}\n`).join('');
});
afterAll(() => {
  record.remove();
});

describe('the notes of a file', () => {
  it('are those that were appended to it, and none is skipped', () => {
    expect(notesIn(file)).toEqual({ notes: record.notes, skipped: 0 });
    expect(notesIn('')).toEqual({ notes: [], skipped: 0 });
  });

  it('are one where it holds one, as the service answers it', () => {
    expect(notesIn(record.notes[2] ?? '')).toEqual({ notes: [record.notes[2]], skipped: 0 });
  });

  it('are the same however the file comes in pieces', () => {
    for (const length of [1, 2, 3, 7, 64, 100, 1000]) {
      const reader = new CheckpointNoteReader();
      const notes: string[] = [];
      for (let at = 0; at < file.length; at += length) notes.push(...reader.take(file.slice(at, at + length)));
      notes.push(...reader.end());
      expect({ length, notes, skipped: reader.skipped }).toEqual({ length, notes: record.notes, skipped: 0 });
    }
  });

  it('can be read where one was torn at any place, and what is left of that never accuses', () => {
    const [before = '', torn = '', ...behind] = record.notes.slice(1).map((note) => `${note}\n`);
    for (let at = 1; at < torn.length; at += 1) {
      const path = join(record.folder, 'torn');
      writeFileSync(path, `${before}${torn.slice(0, at)}${at === torn.length - 1 ? '' : '\n\n'}${behind.join('')}`);
      const { kept, findings } = verifyDatabase(record.file, trusted, { checkpoints: [new KeptNotesFile(path)] });
      expect({ at, size: kept?.size, findings }).toEqual({ at, size: 30, findings: [] });
    }
  });

  it('are skipped and told where they are something else', () => {
    const path = join(record.folder, 'mixed');
    writeFileSync(path, `something else\n\n${file}and more`);
    const { notes, findings } = verifyDatabase(record.file, trusted, { checkpoints: [new KeptNotesFile(path)] });
    expect(findings).toEqual([]);
    expect(notes).toEqual([`pieces of ${path} that are no whole checkpoint, skipped: 2`]);
  });

  it('are missed where a file has none, since nothing is held against it then', () => {
    const path = join(record.folder, 'empty');
    writeFileSync(path, 'nothing');
    expect(
      verifyDatabase(record.file, trusted, { checkpoints: [new KeptNotesFile(path)] }).findings.map(({ kind }) => kind),
    ).toEqual(['bad-checkpoint']);
  });
});
