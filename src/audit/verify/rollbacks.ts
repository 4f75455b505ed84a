import type { Checkpoint } from '../tlog/checkpoint.js';
import { isObject } from './entry-form.js';
import type { Head } from './heads.js';
import type { TrustedLog } from './trusted-log.js';

/** A rollback that the record itself tells of: from this entry on the log goes under another name. */
export interface Rollback {
  /** The id of the entry that tells. */
  readonly entry: number;
  readonly origin: string;
  readonly epoch: number;
  /** The last checkpoint that was known of what is lost. */
  readonly lost: Pick<Checkpoint, 'origin' | 'size'> & { readonly epoch: number; readonly root: string };
}

/** What became of entries that a checkpoint of an earlier name covers and the record has no longer. */
export type Loss = 'told' | 'hidden' | 'told otherwise';

/** The rollbacks that were accepted, in the order of their entries. */
export class Rollbacks {
  readonly #rollbacks: Rollback[] = [];

  constructor(private readonly log: TrustedLog) {}

  get last(): Rollback | undefined {
    return this.#rollbacks.at(-1);
  }

  /** Looks at whether an entry tells of one. */
  read(entry: number, said: Readonly<Record<string, unknown>>): void {
    if (said['action'] !== 'accept-rollback' || said['outcome'] !== 'approved') return;
    const { log, lost_head: lost } = isObject(said['facts']) ? said['facts'] : {};
    if (!isObject(log) || !isObject(lost)) return;
    const [origin, lostOrigin, size, root] = [log['after'], lost['origin'], lost['size'], lost['root']];
    if (typeof origin !== 'string' || typeof lostOrigin !== 'string') return;
    if (typeof size !== 'number' || typeof root !== 'string') return;
    const [name, lostName] = [this.log.named(origin), this.log.named(lostOrigin)];
    if (name === undefined || lostName === undefined || name.epoch <= (this.last?.epoch ?? 0)) return;
    const lostHead = { origin: lostOrigin, size, root, epoch: lostName.epoch };
    this.#rollbacks.push({ entry, origin, epoch: name.epoch, lost: lostHead });
  }

  /** The rollback by which what a head covers was lost in part; `undefined` when all of it should be there. */
  lossOf(head: Head): Rollback | undefined {
    const next = this.#rollbacks.find(({ epoch }) => epoch > head.epoch);
    return next !== undefined && head.size >= next.entry ? next : undefined;
  }
}

/** Whether the entry that tells of a rollback tells of all that this head shows to be lost. */
export function lossAsTold(head: Head, { lost }: Rollback): Loss {
  // How an earlier name ended was told by an entry that is itself lost.
  if (lost.epoch !== head.epoch) return lost.epoch > head.epoch ? 'told' : 'hidden';
  if (lost.size === head.size && lost.root !== head.root.toString('base64')) return 'told otherwise';
  return lost.size >= head.size ? 'told' : 'hidden';
}
