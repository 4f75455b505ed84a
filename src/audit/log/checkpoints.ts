import { setTimeout as pause } from 'node:timers/promises';
import type { LoggerService, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Clock } from '../../clock/clock.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import { statementsOf } from '../../database/open-transaction.js';
import type { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import { encodeCheckpoint } from '../tlog/checkpoint.js';
import { cosignCheckpoint, signNoteText } from '../tlog/note-signatures.js';
import { encodeNote } from '../tlog/signed-note.js';
import type { Objection } from '../../readiness/readiness.js';
import type { Cosigning } from '../cosigning/cosigning.js';
import type { Sequencer } from '../tree/sequencer.js';
import { CheckpointCopy } from './checkpoint-copy.js';
import type { CheckpointFile } from './checkpoint-file.js';
import { keepCheckpoint, newestCheckpoint, oldestBehind } from './checkpoint-table.js';
import type { KeptCheckpoint } from './checkpoint-table.js';
import { refuseRollback } from './known-head.js';
import { openLog } from './open-log.js';
import type { OpenedLog } from './open-log.js';

/** How long witnesses may take to see the last checkpoint before the end. */
const PARTING_MS = 2_000;

export interface LogSettings {
  /** `AUDIT_ORIGIN`, if it is set. */
  readonly configured: string | undefined;
  /** The name of a log that begins now, if it is not. */
  readonly otherwise: string;
  readonly everySeconds: number;
  /** Where checkpoints are appended; `undefined`: nowhere. */
  readonly file: CheckpointFile | undefined;
}

/**
 * Says at intervals how many entries the record has and what their tree's root is, when there are new ones: a signed tree
 * head (RFC 6962), in the form of a C2SP checkpoint. What was said is in the database before anybody hears it, so no two
 * roots are ever signed for one size: entries that a commit has made durable stay, and their tree follows from them.
 */
export class Checkpoints implements OnApplicationBootstrap, OnModuleDestroy {
  #log: OpenedLog | undefined;
  #copy: CheckpointCopy | undefined;
  #newest: KeptCheckpoint | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #witnessed: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(
    private readonly settings: LogSettings,
    private readonly sealer: Sealer,
    private readonly sequencer: Sequencer,
    private readonly cosigning: Cosigning,
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly clock: Clock,
    private readonly logger: Pick<LoggerService, 'log' | 'error'>,
  ) {}

  /** The newest one; `undefined` as long as there is none under the log's present name. */
  get newest(): KeptCheckpoint | undefined {
    return this.#newest;
  }

  /** Who signs; throws before the start. */
  get log(): OpenedLog {
    if (this.#log === undefined) throw new Error('the log was asked for before the start');
    return this.#log;
  }

  /** Resolves when the witnesses that were asked last have answered, or do not. Never rejects. */
  get witnessed(): Promise<void> {
    return this.#witnessed;
  }

  /** Why AUDIT_CHECKPOINT_FILE does not have all that was signed. */
  fileObjection(): Objection {
    return this.#copy?.objection();
  }

  /** When the oldest entry was recorded that no checkpoint has; `undefined` when all have one. */
  waitingSince(): Promise<number | undefined> {
    return this.unitOfWork.readAtOnce((statements) => oldestBehind(this.#newest?.size ?? 0, statements));
  }

  /** Rejects with `StartError` when the database does not go on from what is known of it. */
  async onApplicationBootstrap(): Promise<void> {
    await this.sequencer.restored();
    const { configured, otherwise, everySeconds, file } = this.settings;
    const log = await this.#write((statements) =>
      openLog({ configured, otherwise }, this.sealer, this.clock, statements),
    );
    this.#log = log;
    this.#newest = await this.unitOfWork.readAtOnce((statements) => newestCheckpoint(log.epoch.origin, statements));
    await this.#refuseRollback(log, file);
    if (this.#newest !== undefined) {
      await this.cosigning.refuseRollback(this.#newest);
      this.#newest = await this.cosigning.cosigned(this.#newest);
    }
    this.#copy = file === undefined ? undefined : new CheckpointCopy(file, this.unitOfWork, this.logger);
    // One that cannot be kept now is made later: the service may be needed to revoke.
    await this.make().catch(() => undefined);
    this.#timer = setInterval(() => {
      // It has been told.
      this.make().catch(() => undefined);
    }, everySeconds * 1000).unref();
  }

  /** What is new is signed before the end. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#timer !== undefined) await this.make().catch(() => undefined);
    const aWhile = new AbortController();
    const tooLong = pause(PARTING_MS, undefined, { signal: aWhile.signal }).catch(() => undefined);
    await Promise.race([this.#witnessed, tooLong]);
    aWhile.abort();
    await this.cosigning.close();
    await this.#witnessed;
  }

  /** Signs a checkpoint if there is anything new. Rejects when it cannot be kept; then nobody has seen it. */
  make(): Promise<void> {
    this.#running ??= this.#make()
      .then(() => {
        this.#failure = undefined;
      })
      .catch((error: unknown) => {
        this.#tell(error);
        throw error;
      })
      .finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #make(): Promise<void> {
    await this.sequencer.sequence();
    const { size, root } = this.sequencer;
    if (root !== undefined && size > (this.#newest?.size ?? -1)) await this.#sign(size, root);
    // Also when there is nothing new: it may lack what could not be appended before.
    const newest = this.#newest;
    if (newest === undefined) return;
    await this.#copy?.follow(newest);
    // Nobody waits for others: what they have cosigned comes when it comes.
    const before = this.#witnessed;
    const asked = this.cosigning.follow(newest).then((cosigned) => this.#takeCosigned(cosigned));
    // Who is being asked is not asked again, so the last call may end first.
    this.#witnessed = Promise.all([before, asked]).then(() => undefined);
  }

  async #takeCosigned(cosigned: KeptCheckpoint | undefined): Promise<void> {
    if (cosigned === undefined) return;
    if (this.#newest?.size === cosigned.size) this.#newest = cosigned;
    await this.#copy?.appendAgain(cosigned);
  }

  async #sign(size: number, root: Buffer): Promise<void> {
    const { log } = this;
    const text = encodeCheckpoint({ origin: log.epoch.origin, size, root });
    const atMilliseconds = this.clock.nowMilliseconds();
    const signatures = [
      signNoteText(text, log.checkpoints),
      cosignCheckpoint(text, log.times, Math.floor(atMilliseconds / 1000)),
    ];
    const checkpoint = { origin: log.epoch.origin, size, atMilliseconds, note: encodeNote({ text, signatures }) };
    this.#newest = await this.#write((statements) => {
      const known = newestCheckpoint(checkpoint.origin, statements);
      // Somebody else was faster: theirs is what the log has said.
      if (known !== undefined && known.size >= size) return known;
      keepCheckpoint(checkpoint, statements);
      return checkpoint;
    });
    if (this.#newest === checkpoint) this.logger.log(`checkpoint of the record: ${size} ${root.toString('base64')}`);
  }

  async #refuseRollback(log: OpenedLog, file: CheckpointFile | undefined): Promise<void> {
    const inFile = file?.newest();
    const known = [
      ...(this.#newest === undefined ? [] : [{ note: this.#newest.note, where: 'the database' }]),
      ...(inFile === undefined || file === undefined
        ? []
        : [{ note: inFile, where: `AUDIT_CHECKPOINT_FILE (${file.path})` }]),
    ];
    await this.unitOfWork.readAtOnce((statements) => {
      for (const head of known) refuseRollback(head, log.checkpoints.key, statements);
    });
  }

  #write<T>(work: (statements: ReturnType<typeof statementsOf>) => T): Promise<T> {
    return this.unitOfWork.write((transaction) => Promise.resolve(work(statementsOf(transaction))), {
      lane: 'ordinary',
      holder: '',
    });
  }

  /** Once, however often it is tried. */
  #tell(error: unknown): void {
    const isKnown = String(this.#failure) === String(error);
    this.#failure = error;
    if (!isKnown) this.logger.error('the record has no new checkpoint', error);
  }
}
