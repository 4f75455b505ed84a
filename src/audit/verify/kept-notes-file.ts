import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { CheckpointNoteReader } from './checkpoint-notes.js';
import type { KeptNotes } from './record-report.js';

const PIECE_BYTES = 1024 * 1024;

/** The checkpoints in a file, which may be larger than memory: it is read as they are asked for. */
export class KeptNotesFile implements KeptNotes {
  readonly #reader = new CheckpointNoteReader();

  constructor(readonly where: string) {}

  get skipped(): number {
    return this.#reader.skipped;
  }

  /** To be read once. Throws what the file system says. */
  get notes(): Iterable<string> {
    return this.#read();
  }

  *#read(): Iterable<string> {
    const file = openSync(this.where, 'r');
    try {
      const decoder = new StringDecoder('utf8');
      const piece = Buffer.alloc(PIECE_BYTES);
      for (let bytes = readSync(file, piece); bytes > 0; bytes = readSync(file, piece)) {
        yield* this.#reader.take(decoder.write(piece.subarray(0, bytes)));
      }
      yield* this.#reader.take(decoder.end());
      yield* this.#reader.end();
    } finally {
      closeSync(file);
    }
  }
}
