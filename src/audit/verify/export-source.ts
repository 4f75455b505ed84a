import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCheckpoint } from '../tlog/checkpoint.js';
import { MAX_ENTRY_BYTES, decodeEntryBundle } from '../tlog/entry-bundle.js';
import { HASH_BYTES } from '../tlog/hashes.js';
import { MalformedTlogError } from '../tlog/malformed-tlog-error.js';
import { MAX_NOTE_BYTES } from '../tlog/note-text.js';
import { parseNote } from '../tlog/signed-note.js';
import { entryBundlePath, tilePath } from '../tlog/tile-paths.js';
import { TILE_WIDTH } from '../tlog/tiles.js';
import { CHECKPOINT_FILE } from './export-files.js';
import { CannotVerifyError, DamagedRecordError } from './record-source.js';
import type { OwnNote, RecordRow, RecordSource } from './record-source.js';

const MOST_TILE_BYTES = TILE_WIDTH * HASH_BYTES;
const MOST_BUNDLE_BYTES = TILE_WIDTH * (2 + MAX_ENTRY_BYTES);

/**
 * A folder of files as C2SP's tlog-tiles has them, `kms audit export`'s or another's. How far it goes its checkpoint says,
 * which is not verified here: it only tells which files should be there.
 */
export class ExportSource implements RecordSource {
  readonly name = 'the export';
  readonly entriesOnce = 0;
  readonly #missing: string[] = [];
  #bundle: { readonly first: number; readonly entries: readonly Buffer[] } | undefined;

  private constructor(
    private readonly folder: string,
    private readonly note: Buffer,
    /** How many entries its checkpoint says that it has. */
    readonly size: number,
  ) {}

  /** Throws `CannotVerifyError` for a folder that has no checkpoint. */
  static open(folder: string): ExportSource {
    const note = readWhole(join(folder, CHECKPOINT_FILE), MAX_NOTE_BYTES);
    if (note === undefined)
      throw new CannotVerifyError('it is a folder without a checkpoint: no export, or half of one');
    try {
      const { size } = parseCheckpoint(parseNote(note, 'checkpoint').text, 'checkpoint');
      return new ExportSource(folder, note, size);
    } catch (error) {
      if (!(error instanceof MalformedTlogError)) throw error;
      throw new CannotVerifyError(`its checkpoint cannot be read: ${error.message}`);
    }
  }

  *entries(): Iterable<RecordRow> {
    for (let first = 0; first < this.size; first += TILE_WIDTH) {
      for (const [at, bytes] of this.#readBundle(first).entries()) yield { id: first + at + 1, bytes };
    }
  }

  /** The entry of this id; `undefined` for one that it does not have, or that cannot be read. Quick in the order of ids. */
  entryAt(id: number): Buffer | undefined {
    if (id < 1 || id > this.size) return undefined;
    const at = (id - 1) % TILE_WIDTH;
    const first = id - 1 - at;
    if (this.#bundle?.first !== first) this.#bundle = { first, entries: this.#readableBundle(first) };
    return this.#bundle.entries[at];
  }

  *checkpoints(): Iterable<OwnNote> {
    yield { note: this.note };
  }

  readonly readTile = (level: number, number: number): Buffer | undefined => {
    const width = Math.min(TILE_WIDTH, Math.floor(this.size / TILE_WIDTH ** level) - number * TILE_WIDTH);
    if (width < 1) return undefined;
    const path = tilePath({ level, number, width });
    const bytes = readWhole(join(this.folder, ...path.split('/')), MOST_TILE_BYTES);
    if (bytes?.length === width * HASH_BYTES) return bytes;
    this.#missing.push(path);
    return undefined;
  };

  *faults(): Iterable<string> {
    for (const path of this.#missing) yield `${path} is missing, or has not the length that it should have`;
  }

  #readableBundle(first: number): readonly Buffer[] {
    try {
      return this.#readBundle(first);
    } catch (error) {
      if (!(error instanceof DamagedRecordError)) throw error;
      return [];
    }
  }

  #readBundle(first: number): readonly Buffer[] {
    const width = Math.min(TILE_WIDTH, this.size - first);
    const path = entryBundlePath({ number: first / TILE_WIDTH, width });
    const bytes = readWhole(join(this.folder, ...path.split('/')), MOST_BUNDLE_BYTES);
    if (bytes === undefined) throw new DamagedRecordError(`${path} is missing`);
    try {
      const entries = decodeEntryBundle(bytes, path);
      if (entries.length === width) return entries;
    } catch (error) {
      if (!(error instanceof MalformedTlogError)) throw error;
    }
    throw new DamagedRecordError(`${path} does not hold ${width} entries`);
  }
}

/** `undefined` for what is no file, or too long a one: nothing is read that has no end. */
function readWhole(path: string, mostBytes: number): Buffer | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status?.isFile() === true && status.size <= mostBytes ? readFileSync(path) : undefined;
}
