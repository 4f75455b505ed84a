import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { GuardedClock } from '../clock/guarded-clock.js';
import { Readiness } from '../readiness/readiness.js';
import { BelievedTime } from './believed-time.js';
import { SqliteUnitOfWork } from './sqlite-unit-of-work.js';

/** How often the believed time is kept: what a power cut forgets of it must be far less than any tolerance. */
const KEEP_EVERY_MS = 30_000;

/** Carries the believed time through restarts, and tells of a clock in doubt: at once by `/health/ready`, once in the log. */
@Injectable()
export class TimeKeeping implements OnModuleInit, BeforeApplicationShutdown {
  readonly #log = new Logger('Clock');
  readonly #believed: BelievedTime;
  #timer: NodeJS.Timeout | undefined;
  #toldDoubt: string | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly readiness: Readiness,
    unitOfWork: SqliteUnitOfWork,
  ) {
    this.#believed = new BelievedTime(unitOfWork);
  }

  async onModuleInit(): Promise<void> {
    const { clock } = this;
    // What is behind stops signing; what is ahead only makes some keys wait.
    this.readiness.add('clock', () => (clock.moment().isBehind ? clock.doubt() : undefined));
    if (!(clock instanceof GuardedClock)) return;
    clock.goOnFrom(await this.#believed.read());
    this.#tellDoubt();
    this.#timer = setInterval(() => void this.#keep(), KEEP_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    await this.#keep();
  }

  /** Never rejects: a database that cannot be written is told by readiness, and the next time comes soon. */
  async #keep(): Promise<void> {
    this.#tellDoubt();
    if (this.#toldDoubt !== undefined) return;
    try {
      await this.#believed.raise(this.clock.nowMilliseconds());
    } catch (error) {
      this.#log.warn(`the time could not be kept: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }

  #tellDoubt(): void {
    const doubt = this.clock.doubt();
    if (doubt === this.#toldDoubt) return;
    this.#toldDoubt = doubt;
    this.#log.warn(doubt ?? 'the clock is believed again');
  }
}
