import type { LoggerService } from '@nestjs/common';
import type { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import { codeOf } from '../../errors/error-code.js';
import type { Objection } from '../../readiness/readiness.js';
import type { CheckpointFile } from './checkpoint-file.js';
import { checkpointsBehind } from './checkpoint-table.js';
import type { KeptCheckpoint } from './checkpoint-table.js';
import { readHead } from './known-head.js';

/** Notes that are appended in one go. */
const SLICE = 64;

/**
 * Has the file of checkpoints follow the database: what could not be appended, or was not because the process ended in
 * between, is appended later. The file's last note is always of the largest size that it has.
 */
export class CheckpointCopy {
  /** The last one that is in the file; `undefined` when it has none. */
  #last: { readonly origin: string; readonly size: number } | undefined;
  #running: Promise<void> = Promise.resolve();
  #failure: string | undefined;

  /** Throws `StartError` when the file's last note cannot be read. */
  constructor(
    private readonly file: CheckpointFile,
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly logger: Pick<LoggerService, 'error'>,
  ) {
    const note = file.newest();
    if (note !== undefined) this.#last = readHead({ note, where: 'AUDIT_CHECKPOINT_FILE' });
  }

  /** Why the file does not have all that it should, or cannot be written; no path. */
  objection(): Objection {
    return this.#failure;
  }

  /**
   * Appends what the file lacks up to this checkpoint, which is in the database. A file without any gets this one alone,
   * since it may have been cut on purpose. Never rejects; what fails is told once and tried again at the next call.
   */
  follow(newest: KeptCheckpoint): Promise<void> {
    return this.#inTurn(async () => {
      const { origin, size } = newest;
      const known = this.#last;
      if (known === undefined) await this.#append([newest]);
      else if (known.origin !== origin) await this.#appendBehind(origin, -1);
      else if (known.size < size) await this.#appendBehind(origin, known.size);
      else await this.file.probe();
    });
  }

  /** Appends the last one once more, with more signatures; nothing if there is a larger one by now. Never rejects. */
  appendAgain(cosigned: KeptCheckpoint): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#last?.origin === cosigned.origin && this.#last.size === cosigned.size) await this.#append([cosigned]);
    });
  }

  async #appendBehind(origin: string, size: number): Promise<void> {
    for (let behind = size, isBehind = true; isBehind;) {
      const from = behind;
      const notes = await this.unitOfWork.readAtOnce((statements) =>
        checkpointsBehind({ origin, size: from }, SLICE, statements),
      );
      await this.#append(notes);
      behind = notes.at(-1)?.size ?? behind;
      isBehind = notes.length === SLICE;
    }
  }

  async #append(checkpoints: readonly KeptCheckpoint[]): Promise<void> {
    const last = checkpoints.at(-1);
    if (last === undefined) return;
    await this.file.append(checkpoints.map(({ note }) => note));
    this.#last = last;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#running = this.#running.then(work).then(
      () => (this.#failure = undefined),
      (error: unknown) => {
        this.#tell(error);
      },
    );
    return this.#running;
  }

  #tell(error: unknown): void {
    const failure = `AUDIT_CHECKPOINT_FILE cannot be appended to (${codeOf(error) ?? 'unknown error'})`;
    if (failure !== this.#failure) this.logger.error(failure, error);
    this.#failure = failure;
  }
}
