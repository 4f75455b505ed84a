import { encodeAddCheckpoint } from '../../../src/audit/tlog/add-checkpoint.js';
import { encodeCheckpoint } from '../../../src/audit/tlog/checkpoint.js';
import { leafHash } from '../../../src/audit/tlog/hashes.js';
import { MerkleTree } from '../../../src/audit/tlog/merkle-tree.js';
import { signNoteText } from '../../../src/audit/tlog/note-signatures.js';
import type { NoteSigner } from '../../../src/audit/tlog/note-signatures.js';
import { encodeNote } from '../../../src/audit/tlog/signed-note.js';
import { log } from '../tlog/given-signers.js';

/** One history of a log: its first entries are those of every branch, those from `forkedAt` on its own. */
export class Branch {
  readonly tree: MerkleTree;
  readonly #leaves: readonly Buffer[];

  constructor(
    readonly name: string,
    size: number,
    forkedAt: number,
    private readonly signer: NoteSigner = log,
  ) {
    const entry = (at: number): string => (at < forkedAt ? `entry ${at}` : `entry ${at} of ${name}`);
    this.#leaves = Array.from({ length: size }, (_, at) => leafHash(Buffer.from(entry(at))));
    this.tree = new MerkleTree(this.#leaves);
  }

  text(size: number): string {
    return encodeCheckpoint({ origin: this.signer.key.name, size, root: this.tree.rootAt(size) });
  }

  note(size: number): string {
    const text = this.text(size);
    return encodeNote({ text, signatures: [signNoteText(text, this.signer)] });
  }

  /** The body that asks for a cosignature. */
  request(oldSize: number, size: number): string {
    const proof = new MerkleTree(this.#leaves.slice(0, size)).consistency(oldSize);
    return encodeAddCheckpoint({ oldSize, proof, checkpoint: this.note(size) });
  }
}
