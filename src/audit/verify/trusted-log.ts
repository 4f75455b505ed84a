import { epochNumberIn, originOf } from '../log/epochs.js';
import { promiseKeyName } from '../promises/promise-terms.js';
import { MalformedTlogError } from '../tlog/malformed-tlog-error.js';
import { parseVkey, publicKeyObject, verifierKey } from '../tlog/verifier-key.js';
import type { SignatureType, VerifierKey } from '../tlog/verifier-key.js';

/** The keys of the log as lines (`name+id+key`), as their owner got them before: never from what is to be verified. */
export interface Vkeys {
  /** That sign checkpoints, at least one; several while they change. */
  readonly checkpoints: readonly string[];
  /** That cosign them with the time. Without, nothing is known of when. */
  readonly times?: readonly string[];
  /** That promise entries. */
  readonly promises?: readonly string[];
}

/** The log's keys under one of its names. */
export interface LogName {
  readonly origin: string;
  /** How many rollbacks had been accepted when it went under this name, and more the later it was. */
  readonly epoch: number;
  readonly checkpoints: readonly VerifierKey[];
  readonly times: readonly VerifierKey[];
  readonly promises: readonly VerifierKey[];
}

const EPOCH = /\/e[1-9]\d{0,8}$/;
/** Below a name that ends like an epoch's, in case that is the log's first one: later than any of them. */
const LATER = 1_000_000_000;
/** Names that are remembered; a file can name any number of them. */
const MOST_NAMES = 64;

/**
 * Whom the verifier trusts. When a rollback was accepted, the log goes under another name with the same keys. Whoever
 * trusts the bytes of a key therefore trusts it under all names of that log, earlier and later ones.
 */
export class TrustedLog {
  readonly #known = new Map<string, LogName>();
  readonly #bases: readonly string[];

  private constructor(
    private readonly keys: Readonly<Record<'checkpoints' | 'times' | 'promises', readonly VerifierKey[]>>,
    /** The name that the caller gave. */
    readonly origin: string,
  ) {
    const first = origin.replace(EPOCH, '');
    this.#bases = first === origin ? [origin] : [first, origin];
  }

  /** Throws `MalformedTlogError` for a line that is no vkey, or a key of another type or log than it must be. */
  static of({ checkpoints, times = [], promises = [] }: Vkeys): TrustedLog {
    const keys = {
      checkpoints: checkpoints.map((vkey) => keyOf(vkey, 'vkey', 'ed25519')),
      times: times.map((vkey) => keyOf(vkey, 'times-vkey', 'cosignature/v1')),
      promises: promises.map((vkey) => keyOf(vkey, 'promises-vkey', 'ed25519')),
    };
    const [first] = keys.checkpoints;
    if (first === undefined) throw new MalformedTlogError('vkey', 'must be given');
    const log = new TrustedLog(keys, first.name);
    for (const { name } of keys.checkpoints) {
      if (log.#epochOf(name) === undefined) throw new MalformedTlogError('vkey', 'must all be of one log');
    }
    return log;
  }

  /** The log under this name; `undefined` when that is another log's name. */
  named(origin: string): LogName | undefined {
    const known = this.#known.get(origin);
    if (known !== undefined) return known;
    const epoch = this.#epochOf(origin);
    if (epoch === undefined) return undefined;
    const under = (keys: readonly VerifierKey[], name: string): readonly VerifierKey[] =>
      keys.map((key) => verifierKey(name, key.type, publicKeyObject(key)));
    const name = {
      origin,
      epoch,
      checkpoints: under(this.keys.checkpoints, origin),
      times: under(this.keys.times, `${origin}/times`),
      promises: under(this.keys.promises, promiseKeyName(origin)),
    };
    if (this.#known.size < MOST_NAMES) this.#known.set(origin, name);
    return name;
  }

  get knowsTimes(): boolean {
    return this.keys.times.length > 0;
  }

  get knowsPromises(): boolean {
    return this.keys.promises.length > 0;
  }

  #epochOf(origin: string): number | undefined {
    for (const [at, base] of this.#bases.entries()) {
      const number = epochNumberIn(origin, base);
      // Of a name that is itself an epoch's, nothing below the first base is one of its own.
      if (number !== undefined) return at === 0 || origin === originOf(base, 0) ? number : LATER + number;
    }
    return undefined;
  }
}

function keyOf(vkey: string, field: string, type: SignatureType): VerifierKey {
  const key = parseVkey(vkey.trim(), field);
  if (key.type !== type) throw new MalformedTlogError(field, `must be a key of the type ${type}`);
  return key;
}
