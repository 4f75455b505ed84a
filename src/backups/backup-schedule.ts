import type { LoggerService, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { RecordedWork } from '../audit/recorded-work.js';
import type { Clock } from '../clock/clock.js';
import type { BackupsConfiguration } from '../config/configuration.js';
import type { Objection } from '../readiness/readiness.js';
import { BackupFolder } from './backup-folder.js';
import { runBackup } from './run-backup.js';
import type { HeldByBackup } from './scheduled-backup.js';

const LOOK_EVERY_MS = 60_000;
/** Behind one that failed: a full or absent disk is not mended within a minute. */
const AGAIN_AFTER_MS = 600_000;

/** What it works with. */
export interface Scheduled {
  readonly settings: BackupsConfiguration;
  /** The path of the database's file. */
  readonly database: string;
  readonly clock: Clock;
  readonly recorded: RecordedWork;
  readonly log: Pick<LoggerService, 'log' | 'warn'>;
  /** Hears of each attempt. */
  readonly count: (outcome: 'made' | 'failed') => void;
}

/**
 * Makes a backup whenever the newest one is old enough, and then removes the oldest beyond as many as are to be kept. When
 * the next is due follows from what is in the folder, so a restart neither forgets nor repeats one. What fails is told by
 * readiness as a warning and by metrics, and tried again: it never stops signing.
 */
export class BackupSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #folder: BackupFolder;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #newest: number | undefined;
  #failed: { readonly at: number; readonly why: string } | undefined;

  constructor(private readonly scheduled: Scheduled) {
    this.#folder = new BackupFolder(scheduled.settings.directory);
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.backUpIfDue(), LOOK_EVERY_MS).unref();
    void this.backUpIfDue();
  }

  /** One that is under way is given up: it leaves nothing, and the next start makes it. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    this.#ending.abort();
    await this.#running;
  }

  /** When the newest was made, in milliseconds since the epoch; `undefined` when there is none. */
  get newestAtMilliseconds(): number | undefined {
    return this.#newest;
  }

  /** Never rejects. */
  backUpIfDue(): Promise<void> {
    this.#running ??= this.#look().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** What an operator should know: without paths, since anybody may hear it. */
  objection(): Objection {
    const { everyMilliseconds } = this.scheduled.settings;
    const age = this.#newest === undefined ? undefined : this.scheduled.clock.nowMilliseconds() - this.#newest;
    if (this.#failed !== undefined)
      return `the last one failed${age === undefined ? '' : `; the newest is ${hours(age)} old`}`;
    return age !== undefined && age > 2 * everyMilliseconds ? `the newest is ${hours(age)} old` : undefined;
  }

  async #look(): Promise<void> {
    const { settings, clock } = this.scheduled;
    const now = clock.nowMilliseconds();
    if (this.#failed !== undefined && now >= this.#failed.at && now < this.#failed.at + AGAIN_AFTER_MS) return;
    try {
      // One from the future was made by a clock that was wrong, and says nothing of now.
      this.#newest = this.#folder.list().findLast(({ atMilliseconds }) => atMilliseconds <= now)?.atMilliseconds;
      if (this.#newest !== undefined && now - this.#newest < settings.everyMilliseconds) return;
      await this.#backUp(now);
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      this.#failed = { at: now, why };
      this.scheduled.count('failed');
      this.scheduled.log.warn(`no backup could be made: ${why}`);
    }
  }

  async #backUp(now: number): Promise<void> {
    const { settings, database, clock, log, count } = this.scheduled;
    const file = this.#folder.fileAt(now);
    const { holds } = await runBackup({ database, file, recipients: settings.recipients }, this.#ending.signal);
    this.#newest = now;
    this.#failed = undefined;
    count('made');
    log.log(`made a backup: ${file}`);
    await this.#record(holds);
    // What is removed cannot be brought back: not by a clock that may be wrong.
    if (clock.doubt() === undefined) this.#folder.keepNewest(settings.keep, file);
  }

  /** A backup is good also when the record cannot be written at this moment. */
  async #record(backup: HeldByBackup): Promise<void> {
    const { recorded, log } = this.scheduled;
    try {
      await recorded.ofItself('make-backup', () => Promise.resolve([{ facts: { backup } }]));
    } catch (error) {
      log.warn(`a backup could not be recorded: ${String(error)}`);
    }
  }
}

function hours(milliseconds: number): string {
  const count = Math.floor(milliseconds / 3_600_000);
  return `${count} ${count === 1 ? 'hour' : 'hours'}`;
}
