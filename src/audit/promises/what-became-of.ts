import type { Checkpoint } from '../tlog/checkpoint.js';
import type { VerifiedPromise } from './verify-promise.js';

/** What a checkpoint says of a promise: the log has the entry, may still take it in, or should have had it. */
export type PromiseState = 'kept' | 'open' | 'broken';

/** A log at one time, as the caller has verified it, and where it has the entry. */
export interface SeenLog {
  readonly checkpoint: Checkpoint;
  /** Of a cosignature that the caller trusts (`verifyCheckpoint`): as good as the clock of whoever cosigned. */
  readonly timestampSeconds: number;
  /**
   * Where the entry is, by an inclusion proof that holds, in this checkpoint or a later one. Undefined if it is known to
   * be in neither, by reading all leaves: that somebody has no proof, or one that fails, shows nothing.
   */
  readonly index: number | undefined;
}

/**
 * What became of a promise by the time of a checkpoint. Between its first and its last millisecond it is open, and after
 * that broken where the entry is not among the checkpoint's. No checkpoint, no answer: a log that is silent convicts
 * itself of nothing yet.
 *
 * Each checkpoint speaks for its own time. An entry that came too late is in the latest one, so whoever has several asks
 * them all; one that says broken is enough. Throws a RangeError for a checkpoint of another log.
 */
export function whatBecameOf(promise: VerifiedPromise, { checkpoint, timestampSeconds, index }: SeenLog): PromiseState {
  if (checkpoint.origin !== promise.origin) throw new RangeError('checkpoint must be of the log that promised');
  if (index !== undefined && index < checkpoint.size) return 'kept';
  // Whole seconds, rounded down: the checkpoint was seen then or up to a second later.
  return timestampSeconds * 1000 > promise.deadlineMilliseconds ? 'broken' : 'open';
}
