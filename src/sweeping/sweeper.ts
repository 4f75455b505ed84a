import { setImmediate } from 'node:timers/promises';
import type { LoggerService, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Clock } from '../clock/clock.js';
import type { Metrics } from '../metrics/metrics.js';

/** Does a small batch of what is due, and says how many that were: 0 when nothing is left. */
export type Sweep = () => Promise<number>;

export interface SweepOptions {
  /** Whether what it does cannot be brought back; then it waits until an hour after the start. It is, unless said. */
  readonly destroys?: boolean;
}

const SWEEP_EVERY_MS = 60_000;

/** A start believes a later clock at once; for so long whoever sees that it is wrong can still set it right. */
const NOTHING_AFTER_START_MS = 3_600_000;

/** In one go; what is left waits for the next. */
const MOST_BATCHES = 100;

/**
 * Comes round once a minute and does what is due: each half adds what it has to sweep. Nothing is destroyed while the
 * time is in doubt, nor in the first hour after a start, since it cannot be brought back: one wrong clock must not cost
 * anybody a key.
 */
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #sweeps = new Map<string, { readonly sweep: Sweep; readonly destroys: boolean }>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isClosing = false;

  constructor(
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly logger: Pick<LoggerService, 'error'>,
  ) {}

  /** To be called before the server listens. Throws when there is a sweep of this name already. */
  add(name: string, sweep: Sweep, { destroys = true }: SweepOptions = {}): void {
    if (this.#sweeps.has(name)) throw new Error(`there are two sweeps named ${name}`);
    this.#sweeps.set(name, { sweep, destroys });
  }

  onApplicationBootstrap(): void {
    const firstAt = performance.now() + NOTHING_AFTER_START_MS;
    this.#timer = setInterval(() => {
      void this.sweep({ all: performance.now() >= firstAt });
    }, SWEEP_EVERY_MS).unref();
  }

  /** The database is closed later, when nothing is under way. */
  async onModuleDestroy(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /**
   * Sweeps now, unless it is being done. Never rejects: what fails is logged, counted and tried again next time.
   *
   * @param all whether also what destroys
   */
  sweep({ all = true }: { readonly all?: boolean } = {}): Promise<void> {
    this.#running ??= this.#sweepAll(all).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #sweepAll(all: boolean): Promise<void> {
    for (const [name, { sweep, destroys }] of this.#sweeps) {
      if (destroys && !all) continue;
      try {
        await this.#finish(sweep);
      } catch (error) {
        this.metrics.sweepFailed();
        this.logger.error(`what is due could not be swept (${name})`, error);
      }
    }
  }

  async #finish(sweep: Sweep): Promise<void> {
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      if (this.#isClosing || this.clock.doubt() !== undefined) return;
      if ((await sweep()) === 0) return;
      // Requests come first.
      await setImmediate();
    }
  }
}
