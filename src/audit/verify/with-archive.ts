import type { ExportSource } from './export-source.js';
import type { RecordRow, RecordSource } from './record-source.js';

/** A record of which entries were archived, with their texts out of an export. These are verified like all others. */
export function withArchive(record: RecordSource, archive: ExportSource): RecordSource {
  return {
    name: record.name,
    entriesOnce: record.entriesOnce,
    readTile: record.readTile,
    entries: () => filled(record.entries(), archive),
    checkpoints: () => record.checkpoints(),
    faults: () => record.faults(),
  };
}

function* filled(rows: Iterable<RecordRow>, archive: ExportSource): Iterable<RecordRow> {
  let next = 1;
  for (const row of rows) {
    for (const end = Math.min(row.id, archive.size + 1); next < end; next += 1) {
      const bytes = archive.entryAt(next);
      if (bytes !== undefined) yield { id: next, bytes, isArchived: true };
    }
    yield row;
    next = row.id + 1;
  }
}
