import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CompactRange } from '../tlog/compact-range.js';
import { encodeEntryBundle } from '../tlog/entry-bundle.js';
import { leafHash } from '../tlog/hashes.js';
import { entryBundlePath, tilePath } from '../tlog/tile-paths.js';
import { TILE_HEIGHT, TILE_WIDTH } from '../tlog/tiles.js';

/** The file of an export that says how far it goes. It is written last. */
export const CHECKPOINT_FILE = 'checkpoint';

/** Writes the files of a log as C2SP's tlog-tiles has them below its address, entry by entry. */
export class ExportFiles {
  #range = CompactRange.empty();
  #bundle: Buffer[] = [];
  /** Of each level the hashes of the tile that is not full yet. */
  readonly #open: Buffer[][] = [];

  /** @param folder which is there and empty */
  constructor(private readonly folder: string) {}

  get root(): Buffer {
    return this.#range.root;
  }

  append(entry: Buffer): void {
    this.#bundle.push(entry);
    this.#range = this.#range.append(leafHash(entry), ({ level, index }, hash) => {
      if (level % TILE_HEIGHT === 0) this.#keep(level / TILE_HEIGHT, index, hash);
    });
    if (this.#bundle.length === TILE_WIDTH) this.#writeBundle();
  }

  /** What is not full yet, and the checkpoint. */
  end(note: string | Uint8Array): void {
    if (this.#bundle.length > 0) this.#writeBundle();
    for (const [level, hashes] of this.#open.entries()) {
      if (hashes.length === 0) continue;
      const number = Math.floor(this.#range.size / TILE_WIDTH ** (level + 1));
      this.#write(tilePath({ level, number, width: hashes.length }), Buffer.concat(hashes));
    }
    this.#write(CHECKPOINT_FILE, note);
  }

  #writeBundle(): void {
    const width = this.#bundle.length;
    const number = Math.floor((this.#range.size - 1) / TILE_WIDTH);
    this.#write(entryBundlePath({ number, width }), encodeEntryBundle(this.#bundle));
    this.#bundle = [];
  }

  #keep(level: number, index: number, hash: Buffer): void {
    const hashes = (this.#open[level] ??= []);
    hashes.push(hash);
    if (hashes.length < TILE_WIDTH) return;
    this.#write(tilePath({ level, number: Math.floor(index / TILE_WIDTH), width: TILE_WIDTH }), Buffer.concat(hashes));
    this.#open[level] = [];
  }

  #write(path: string, bytes: string | Uint8Array): void {
    const file = join(this.folder, ...path.split('/'));
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' });
  }
}
