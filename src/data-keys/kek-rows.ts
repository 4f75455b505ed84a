import type { KeyDomain } from '../crypto/sealing/data-key.js';
import type { Statements } from '../database/statements.js';
import { StartError } from '../errors/start-error.js';

/** A key-encryption key as the database knows it. */
export interface KekRow {
  readonly id: string;
  readonly provider: string;
  readonly fingerprint: string;
  readonly addedAtMilliseconds: number;
  readonly verifiedAtMilliseconds: number | null;
  readonly retiredAtMilliseconds: number | null;
  /** Data keys that are wrapped under it, and those of which it is the current one. */
  readonly wrappings: number;
  readonly current: number;
}

/** What a key-encryption key is good for: it follows from its wrappings. */
export type KekStanding = 'added' | 'current' | 'former' | 'retired';

/** A data key, and by what it is wrapped now. */
export interface DataKeyRow {
  readonly id: string;
  readonly domain: KeyDomain;
  readonly epoch: number;
  readonly kekId: string;
}

const KEKS = `SELECT id, provider, fingerprint, added_at_ms AS addedAtMilliseconds,
    verified_at_ms AS verifiedAtMilliseconds, retired_at_ms AS retiredAtMilliseconds,
    (SELECT count(*) FROM data_key_wrappings WHERE key_encryption_key_id = kek.id) AS wrappings,
    (SELECT count(*) FROM data_keys WHERE key_encryption_key_id = kek.id) AS current
  FROM key_encryption_keys kek ORDER BY added_at_ms, id`;

const DATA_KEYS = `SELECT id, domain, epoch, key_encryption_key_id AS kekId FROM data_keys ORDER BY domain, epoch DESC`;

const WRAPPED_UNDER = 'SELECT data_key_id AS id FROM data_key_wrappings WHERE key_encryption_key_id = ?';

const FORMER_WRAPPINGS = `data_key_wrappings WHERE key_encryption_key_id = ? AND data_key_id NOT IN
  (SELECT id FROM data_keys WHERE key_encryption_key_id = ?)`;

export function keksIn(statements: Statements): readonly KekRow[] {
  return statements.all<KekRow>(KEKS);
}

export function dataKeysIn(statements: Statements): readonly DataKeyRow[] {
  return statements.all<DataKeyRow>(DATA_KEYS);
}

export function standingOf({ retiredAtMilliseconds, current, wrappings }: KekRow): KekStanding {
  if (retiredAtMilliseconds !== null) return 'retired';
  if (current > 0) return 'current';
  return wrappings > 0 ? 'former' : 'added';
}

/** The one of this id. Throws `StartError` when there is none. */
export function kekOfId(statements: Statements, id: string): KekRow {
  const found = keksIn(statements).find((one) => one.id === id);
  if (found === undefined) throw new StartError('no key-encryption key has this id: kms kek status lists them');
  return found;
}

/** The ids of the data keys that are wrapped under it. */
export function wrappedUnder(statements: Statements, kekId: string): ReadonlySet<string> {
  return new Set(statements.all<{ id: string }>(WRAPPED_UNDER, kekId).map(({ id }) => id));
}

/** Has a data key be wrapped by another from now on, under which it has a wrapping. */
export function makeCurrent(statements: Statements, dataKeyId: string, kekId: string): void {
  statements.runOne('UPDATE data_keys SET key_encryption_key_id = ? WHERE id = ?', kekId, dataKeyId);
}

/** @param atMilliseconds null: not any more */
export function setVerified(statements: Statements, kekId: string, atMilliseconds: number | null): void {
  statements.runOne('UPDATE key_encryption_keys SET verified_at_ms = ? WHERE id = ?', atMilliseconds, kekId);
}

/** Deletes the wrappings that data keys do not need any more, and retires what has none left. Says how many there were. */
export function retireKek(statements: Statements, kekId: string, atMilliseconds: number): number {
  const deleted = statements.run(`DELETE FROM ${FORMER_WRAPPINGS}`, kekId, kekId);
  if (wrappedUnder(statements, kekId).size === 0) {
    statements.runOne('UPDATE key_encryption_keys SET retired_at_ms = ? WHERE id = ?', atMilliseconds, kekId);
  }
  return deleted;
}
