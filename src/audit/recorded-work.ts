import { isWriteFailure } from '../database/storage-failure.js';
import type { Transaction } from '../database/transaction.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { codeOf } from '../errors/error-code.js';
import { serviceItself } from '../identity/actor.js';
import type { Actor } from '../identity/actor.js';
import type { Action, SystemAction } from './action.js';
import type { AuditSubject } from './audit-entry.js';
import type { AuditTrail } from './audit-trail.js';
import { LANE_OF_ACTION } from './lane-of-action.js';

/** What a use case, or a step of one, has done in a transaction that is still open. */
export interface Done<Result> {
  readonly result: Result;
  /** What the entry says that it was about. */
  readonly subject: AuditSubject;
  /** What was done along with it: an entry for each, behind the first. */
  readonly further?: readonly { readonly action: Action; readonly subject: AuditSubject }[];
}

/** What else is written in the transaction of recorded work, when its entry is. */
export type Alongside<Result> = (result: Result, transaction: Transaction) => void | Promise<void>;

/**
 * The one door through which use cases write, and read what is theirs to show: nothing is done, or shown, without an
 * entry in the record (docs/adr/0025). The import law keeps the unit of work and the record from all others.
 */
export class RecordedWork {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Runs `work` in a unit of work and records in the same transaction that `action` was done for `actor`. Resolves with
   * the result once both are durable. Rejects with what `work` threw, with `AUDIT.UNAVAILABLE` when the entry cannot be
   * written, with the commit's error, or with `WRITES.OVERLOADED`: then nothing was done, and nothing is recorded. How
   * soon its turn comes follows from `action`; users take turns. A caller whose result holds secrets wipes them when it
   * rejects.
   *
   * @param alongside what else belongs into the transaction; when it throws, nothing was done
   */
  write<Result>(
    actor: Actor,
    action: Action,
    work: (transaction: Transaction) => Promise<Done<Result>>,
    alongside?: Alongside<Result>,
  ): Promise<Result> {
    return this.unitOfWork.write(
      async (transaction) => {
        this.audit.begin();
        const { result, subject, further = [] } = await work(transaction);
        await this.audit.approve(actor, action, subject, transaction);
        for (const next of further) await this.audit.approve(actor, next.action, next.subject, transaction);
        await alongside?.(result, transaction);
        await this.audit.noteRows(actor, transaction);
        return result;
      },
      { lane: LANE_OF_ACTION[action], holder: actor.userId ?? '' },
    );
  }

  /**
   * As {@link write}, of work that only looks, and whose result hands out no share: where nothing can be written, it is
   * shown without an entry. Whoever has to see what is theirs most when something is wrong is not kept from it.
   *
   * @param look called again then, outside of any write
   */
  async read<Result>(
    actor: Actor,
    action: Action,
    look: (transaction: Transaction) => Promise<Done<Result>>,
  ): Promise<Result> {
    try {
      return await this.write(actor, action, look);
    } catch (error) {
      if (codeOf(error) !== 'AUDIT.UNAVAILABLE' && !isWriteFailure(error)) throw error;
      return (await this.unitOfWork.read(look)).result;
    }
  }

  /**
   * What the service does by itself, on behalf of nobody: runs `work` in a unit of work, and records in the same
   * transaction each thing that it says it did; nothing, if that was none.
   *
   * @returns how many that were
   */
  ofItself(
    action: SystemAction,
    work: (transaction: Transaction) => Promise<readonly AuditSubject[]>,
  ): Promise<number> {
    return this.unitOfWork.write(
      async (transaction) => {
        this.audit.begin();
        const done = await work(transaction);
        const actor = serviceItself();
        for (const subject of done) await this.audit.approve(actor, action, subject, transaction);
        await this.audit.noteRows(actor, transaction);
        return done.length;
      },
      { lane: LANE_OF_ACTION[action], holder: '' },
    );
  }
}
