import { parseAddCheckpoint } from './add-checkpoint.js';
import { parseCheckpoint } from './checkpoint.js';
import type { Checkpoint, ReadCheckpoint } from './checkpoint.js';
import { MalformedTlogError } from './malformed-tlog-error.js';
import { emptyRoot } from './hashes.js';
import { parseNote } from './signed-note.js';
import type { VerifierKey } from './verifier-key.js';
import { verifyCheckpoint } from './verify-checkpoint.js';
import { verifyConsistency } from './verify-proof.js';

/** What a witness knows of one log. */
export interface WatchedLog {
  /** Of the type ed25519. */
  readonly keys: readonly VerifierKey[];
  /** The checkpoint that it cosigned last. */
  readonly latest?: Pick<Checkpoint, 'size' | 'root'>;
}

/** What a witness answers, but for the cosignature. */
export type Judgement =
  | { readonly status: 200; readonly text: string; readonly checkpoint: ReadCheckpoint }
  /** With a `size`, the body is that number and a newline, and its type `text/x.tlog.size`. */
  | { readonly status: 400 | 403 | 404 | 409 | 422; readonly why: string; readonly size?: number };

/**
 * Whether a witness may cosign what a body asks for (tlog-witness, "add-checkpoint"). At 200 it must first keep the new
 * size and root as the log's latest, in one step with having looked at the old ones, or two requests at once could have it
 * cosign a tree and then a smaller one. Throws a RangeError for keys as `verifyCheckpoint` does, never because of the
 * body.
 */
export function judgeCheckpoint(
  body: string | Uint8Array,
  logOf: (origin: string) => WatchedLog | undefined,
): Judgement {
  try {
    const { oldSize, proof, checkpoint: note } = parseAddCheckpoint(body, 'body');
    const { text } = parseNote(note, 'checkpoint');
    const checkpoint = parseCheckpoint(text, 'checkpoint');
    const { origin, size, root } = checkpoint;
    const log = logOf(origin);
    if (log === undefined) return { status: 404, why: 'checkpoint is of an unknown log' };
    const verdict = verifyCheckpoint(note, { log: log.keys, origin });
    if (!verdict.holds) return { status: 403, why: verdict.why };
    if (oldSize > size) return { status: 400, why: 'body line 1 must not be larger than the size of the checkpoint' };

    const latest = log.latest ?? { size: 0, root: emptyRoot() };
    if (oldSize !== latest.size) {
      return { status: 409, why: 'body line 1 must be the size that was cosigned last', size: latest.size };
    }
    if (size === latest.size && !root.equals(latest.root)) {
      return { status: 409, why: 'checkpoint has another root than the one of its size that was cosigned' };
    }
    const claim = { oldSize, oldRoot: latest.root, newSize: size, newRoot: root };
    if (!verifyConsistency(claim, proof)) return { status: 422, why: 'checkpoint is not shown to be consistent' };
    return { status: 200, text, checkpoint };
  } catch (error) {
    if (error instanceof MalformedTlogError) return { status: 400, why: error.message };
    throw error;
  }
}
