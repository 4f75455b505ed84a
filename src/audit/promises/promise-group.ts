import { assertHash, nodeHash } from '../tlog/hashes.js';
import { signNoteText, signNoteTextAside } from '../tlog/note-signatures.js';
import type { NoteSigner } from '../tlog/note-signatures.js';
import { encodeNote } from '../tlog/signed-note.js';
import type { NoteSignature } from '../tlog/signed-note.js';
import { divisionOf } from '../tlog/subtrees.js';
import type { EntryPromise } from './entry-promise.js';
import { MAX_GROUP_SIZE, encodePromiseText, promiseKeyName } from './promise-terms.js';
import type { PromiseTerms } from './promise-terms.js';

/** What one signature says of all entries of a group, and who signs: a key of the name `promiseKeyName(origin)`. */
export interface GroupPromise extends Pick<PromiseTerms, 'origin' | 'atMilliseconds' | 'mergeDelaySeconds'> {
  readonly signer: NoteSigner;
}

/**
 * Promises that the entries with these hashes, 1 to 64 (`leafHash`), will be in the log: one promise for each, in their
 * order, and one signature for all. To have committed them first is the caller's duty: what was promised and then undone
 * convicts the log. Throws a RangeError for no leaf, too many or one that has not 32 bytes, for an origin or times that
 * `encodePromiseText` does not take, or for a signer of another name or type.
 */
export function promiseGroup(leaves: readonly Buffer[], promised: GroupPromise): EntryPromise[] {
  const { text, promisesBy } = unsignedGroup(leaves, promised);
  return promisesBy(signNoteText(text, promised.signer));
}

/** As `promiseGroup`, with the signature made aside (`signNoteTextAside`). Rejects for what that throws for. */
export async function promiseGroupAside(leaves: readonly Buffer[], promised: GroupPromise): Promise<EntryPromise[]> {
  const { text, promisesBy } = unsignedGroup(leaves, promised);
  return promisesBy(await signNoteTextAside(text, promised.signer));
}

/** All of a group's promises but the signature of their text. */
interface UnsignedGroup {
  readonly text: string;
  readonly promisesBy: (signature: NoteSignature) => EntryPromise[];
}

function unsignedGroup(leaves: readonly Buffer[], promised: GroupPromise): UnsignedGroup {
  const { origin, atMilliseconds, mergeDelaySeconds, signer } = promised;
  if (leaves.length < 1 || leaves.length > MAX_GROUP_SIZE) {
    throw new RangeError(`leaves must be 1 to ${MAX_GROUP_SIZE}`);
  }
  for (const leaf of leaves) assertHash(leaf, 'each of leaves');
  if (signer.key.name !== promiseKeyName(origin)) {
    throw new RangeError('signer must be named as what promises for origin');
  }

  const { root, paths } = treeOf(leaves);
  const text = encodePromiseText({ origin, groupSize: leaves.length, root, atMilliseconds, mergeDelaySeconds });
  const promisesBy = (signature: NoteSignature): EntryPromise[] => {
    const note = encodeNote({ text, signatures: [signature] });
    return leaves.map((leaf, index) => ({ index, leaf, hashes: paths[index] ?? [], note }));
  };
  return { text, promisesBy };
}

/**
 * The root and the inclusion proof of each leaf, of n - 1 hashes computed in all. `MerkleTree` gives the same, but folds
 * the right edge anew for each proof: up to three times the work, on the thread that answers.
 */
function treeOf(leaves: readonly Buffer[]): { readonly root: Buffer; readonly paths: readonly Buffer[][] } {
  const paths = leaves.map((): Buffer[] => []);
  const hashOf = (begin: number, end: number): Buffer => {
    const leaf = leaves[begin];
    if (leaf !== undefined && end - begin === 1) return leaf;
    const middle = begin + divisionOf(end - begin);
    const [left, right] = [hashOf(begin, middle), hashOf(middle, end)];
    for (const path of paths.slice(begin, middle)) path.push(right);
    for (const path of paths.slice(middle, end)) path.push(left);
    return nodeHash(left, right);
  };
  return { root: hashOf(0, leaves.length), paths };
}
