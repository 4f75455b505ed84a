import { hash } from 'node:crypto';
import type { Checkpoint } from '../tlog/checkpoint.js';
import { parseCheckpoint } from '../tlog/checkpoint.js';
import { parseNote } from '../tlog/signed-note.js';
import { verifyCheckpoint } from '../tlog/verify-checkpoint.js';
import { verdictOf } from '../tlog/verify-note.js';
import type { Verdict } from '../tlog/verify-note.js';
import { shownNumber } from './finding.js';
import type { Findings } from './finding.js';
import type { TrustedLog } from './trusted-log.js';

/** A checkpoint that the log has signed (a signed tree head), and where it was found. */
export interface Head extends Checkpoint {
  readonly epoch: number;
  /** Whether it was kept elsewhere: what comes with the record may have been replaced together with it. */
  readonly isKept: boolean;
  /** Whether the record itself has it. It can be both. */
  readonly isOwn: boolean;
  /** For people: a file, or the record's own. */
  readonly where: string;
  /** When the log last said so, by its own cosignature; `undefined` without a key for times. */
  readonly timestampSeconds?: number;
}

type SignedHead = Omit<Head, 'where' | 'isKept' | 'isOwn'>;

/** A note, and where it was found. */
export interface FoundNote {
  readonly note: string | Uint8Array;
  readonly where: string;
  readonly isKept: boolean;
}

/** Of an Ed25519 signature without its key's id; those of other types are longer. */
const SIGNATURE_BYTES = 64;
const ID_BYTES = 4;

/** All checkpoints that the caller and the record itself have, each verified, one for each name and size. */
export class Heads {
  readonly #heads = new Map<string, Head>();
  /** What notes said that have been verified, by their hashes: most are found in several places. */
  readonly #verified = new Map<string, SignedHead>();
  #torn = 0;

  constructor(
    private readonly log: TrustedLog,
    private readonly findings: Findings,
  ) {}

  /** Notes that were torn so early that nothing is left to verify. */
  get torn(): number {
    return this.#torn;
  }

  /**
   * Takes a note in; what is wrong with it becomes a finding. Returns what it says if that holds.
   *
   * @param row what the record's own table says beside it
   */
  add(found: FoundNote, row?: Pick<Checkpoint, 'origin' | 'size'>): Checkpoint | undefined {
    const verdict = this.#verify(found);
    if (verdict === 'torn') {
      this.#torn += 1;
      return undefined;
    }
    const { where, isKept } = found;
    const why = verdict.holds ? faultOf(verdict.head, row) : verdict.why;
    if (!verdict.holds || why !== undefined) {
      this.findings.add({ kind: 'bad-checkpoint', text: `a checkpoint in ${where}: ${why ?? ''}` });
      return undefined;
    }
    const { head } = verdict;
    this.#keep({ ...head, where, isKept, isOwn: !isKept });
    return head;
  }

  /** By their sizes. */
  bySize(): readonly Head[] {
    return [...this.#heads.values()].sort((one, other) => one.size - other.size || one.epoch - other.epoch);
  }

  #keep(head: Head): void {
    const key = `${head.size} ${head.origin}`;
    const known = this.#heads.get(key);
    if (known === undefined) {
      this.#heads.set(key, head);
      return;
    }
    if (!known.root.equals(head.root)) {
      this.findings.add({
        kind: 'two-heads',
        text:
          `the log ${head.origin} has signed two different trees of ${shownNumber(head.size)} entries: ` +
          `${shownRoot(known)} in ${known.where}, and ${shownRoot(head)} in ${head.where}`,
      });
      if (!known.isKept && head.isKept) this.#heads.set(key, head);
      return;
    }
    const latest = Math.max(known.timestampSeconds ?? -1, head.timestampSeconds ?? -1);
    const shown = { ...(known.isKept ? known : head), isOwn: known.isOwn || head.isOwn };
    this.#heads.set(key, latest < 0 ? shown : { ...shown, timestampSeconds: latest });
  }

  #verify({ note, isKept }: FoundNote): 'torn' | Verdict<{ readonly head: SignedHead }> {
    const text = typeof note === 'string' ? note : Buffer.from(note).toString('utf8');
    const verdict = this.#verifyText(text);
    if (verdict.holds || !isKept) return verdict;
    // A file may have been torn within its last line: what was signed before that is whole.
    const before = `${text.split('\n').slice(0, -2).join('\n')}\n`;
    if (before.includes('\n\n— ')) {
      const first = this.#verifyText(before);
      return first.holds ? first : verdict;
    }
    return isTorn(text) ? 'torn' : verdict;
  }

  #verifyText(text: string): Verdict<{ readonly head: SignedHead }> {
    const digest = hash('sha256', text, 'base64');
    const known = this.#verified.get(digest);
    if (known !== undefined) return { holds: true, head: known };
    return verdictOf<{ readonly head: SignedHead }>(() => {
      const { origin } = parseCheckpoint(parseNote(text, 'note').text, 'checkpoint');
      const name = this.log.named(origin);
      if (name === undefined) return { holds: false, why: `it is of another log (${origin})` };
      const verdict = verifyCheckpoint(text, { log: name.checkpoints, origin, witnesses: name.times });
      if (!verdict.holds) return verdict;
      const { size, root } = verdict.checkpoint;
      const times = verdict.cosignatures.map(({ timestampSeconds }) => timestampSeconds);
      const head = { origin, size, root, epoch: name.epoch };
      const signed = times.length === 0 ? head : { ...head, timestampSeconds: Math.max(...times) };
      this.#verified.set(digest, signed);
      return { holds: true, head: signed };
    });
  }
}

/** What the record's own table says wrongly of it. */
function faultOf(head: Checkpoint, row: Pick<Checkpoint, 'origin' | 'size'> | undefined): string | undefined {
  if (row === undefined || (row.origin === head.origin && row.size === head.size)) return undefined;
  return `it is kept as one of ${shownNumber(row.size)} entries of ${row.origin}, and is not`;
}

/** The root as people compare it. */
export function shownRoot({ root }: Pick<Head, 'root'>): string {
  return root.toString('base64');
}

/** Whether the last line of a note was cut off: no signature that we know of is as short, or spelled so. */
function isTorn(note: string): boolean {
  const [, , base64 = ''] = (note.slice(0, -1).split('\n').at(-1) ?? '').split(' ');
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') !== base64 || bytes.length < ID_BYTES + SIGNATURE_BYTES;
}
