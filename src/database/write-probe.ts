import type { Objection } from '../readiness/readiness.js';
import { whyNotWritten } from './storage-failure.js';
import type { SqliteUnitOfWork } from './sqlite-unit-of-work.js';

/** There is one test write in this time at most, however often is asked. Milliseconds. */
const PROBE_EVERY_MS = 5_000;

interface Probe {
  readonly startedAt: number;
  readonly objection: Promise<Objection>;
  /** How many commits had failed when it ended. */
  failedCommits: number;
}

/**
 * Whether the database takes writes: the last commit did not fail, and now and then a real write is made, a canary,
 * through the same queue as every other. It rewrites the header field `user_version` as it is: SQLite writes the page
 * to the log and flushes it, and neither content nor size changes.
 *
 * Traffic alone cannot tell that all is well again: a group of refusals commits without writing anything.
 */
export class WriteProbe {
  readonly #unitOfWork: SqliteUnitOfWork;
  readonly #everyMs: number;
  #latest: Probe | undefined;

  constructor(unitOfWork: SqliteUnitOfWork, everyMs = PROBE_EVERY_MS) {
    this.#unitOfWork = unitOfWork;
    this.#everyMs = everyMs;
  }

  async check(): Promise<Objection> {
    const latest = this.#latest;
    const isDue = latest === undefined || performance.now() - latest.startedAt >= this.#everyMs;
    const probe = isDue ? this.#start() : latest;
    const objection = await probe.objection;
    if (objection !== undefined) return objection;
    return this.#unitOfWork.failedCommits === probe.failedCommits ? undefined : 'the last commit failed';
  }

  #start(): Probe {
    const probe: Probe = { startedAt: performance.now(), objection: this.#write(), failedCommits: -1 };
    void probe.objection.then(() => (probe.failedCommits = this.#unitOfWork.failedCommits));
    this.#latest = probe;
    return probe;
  }

  #write(): Promise<Objection> {
    return this.#unitOfWork
      .writeAtOnce((statements) => {
        const { user_version: version = 0 } = statements.first<{ user_version: number }>('PRAGMA user_version') ?? {};
        statements.run(`PRAGMA user_version = ${version}`);
      })
      .then(() => undefined, whyNotWritten);
  }
}
