import type { Clock } from '../../clock/clock.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import type { Statements } from '../../database/statements.js';
import { StartError } from '../../errors/start-error.js';
import { promiseKeyName } from '../promises/promise-terms.js';
import { noteSigner } from '../tlog/note-signatures.js';
import type { NoteSigner } from '../tlog/note-signatures.js';
import { beginEpoch, readEpochs } from './epochs.js';
import type { Epoch } from './epochs.js';
import { openLogKeys } from './log-keys.js';

/** Who signs for the log, under the name that it has now. */
export interface OpenedLog {
  readonly epoch: Epoch;
  /** Its name before any rollback was accepted. */
  readonly base: string;
  readonly checkpoints: NoteSigner;
  readonly times: NoteSigner;
  readonly promises: NoteSigner;
}

/**
 * Opens the log, or begins it: to be called in a write. Throws `StartError` when it was begun under another name than is
 * configured now, or its keys cannot be opened.
 *
 * @param configured `AUDIT_ORIGIN`; `undefined` keeps the name that it has
 * @param otherwise the name of a log that begins now, where none is configured
 */
export function openLog(
  { configured, otherwise }: { readonly configured: string | undefined; readonly otherwise: string },
  sealer: Sealer,
  clock: Clock,
  statements: Statements,
): OpenedLog {
  if (readEpochs(statements).length === 0) {
    const origin = configured ?? otherwise;
    beginEpoch({ number: 0, origin, size: 0 }, clock.nowMilliseconds(), statements);
  }
  const epochs = readEpochs(statements);
  const [first, last] = [epochs[0], epochs.at(-1)];
  if (first === undefined || last === undefined) throw new Error('an epoch was not kept');
  if (configured !== undefined && configured !== first.origin) {
    throw new StartError(
      `AUDIT_ORIGIN is not the name under which the log of this database was begun (${first.origin}): a log keeps its name`,
    );
  }
  const keys = openLogKeys(sealer, statements);
  return {
    epoch: last,
    base: first.origin,
    checkpoints: noteSigner(last.origin, 'ed25519', keys.checkpoints),
    times: noteSigner(`${last.origin}/times`, 'cosignature/v1', keys.times),
    promises: noteSigner(promiseKeyName(last.origin), 'ed25519', keys.promises),
  };
}
