import { randomBytes } from 'node:crypto';
import type BetterSqlite3 from 'better-sqlite3';
import type { KeyDomain } from '../crypto/sealing/data-key.js';
import { KEY_ID_BYTES } from '../crypto/sealing/envelope.js';
import { isSameKey } from '../database/known-key.js';
import type { KnownKey } from '../database/known-key.js';
import { hasTable } from '../database/sealing-key-check.js';
import { Statements } from '../database/statements.js';
import type { KeyEncryptionKey } from '../key-encryption/key-encryption-key.js';

/** A data key as it is kept, in one of its wrappings. */
export interface WrappedDataKey {
  /** 16 lower-case hexadecimal characters. */
  readonly id: string;
  readonly domain: KeyDomain;
  readonly epoch: number;
  readonly wrapped: Uint8Array;
}

/** A wrapping, and by what. */
export interface KeptWrapping extends WrappedDataKey, KnownKey {}

/** A key-encryption key as a new database or an operator's order gives it. */
export type NewKek = Pick<KeyEncryptionKey, 'provider' | 'fingerprint' | 'stretching'>;

const KEPT = `SELECT data_keys.id, domain, epoch, wrapping.wrapped, kek.provider, kek.fingerprint FROM data_keys
  JOIN data_key_wrappings wrapping ON wrapping.data_key_id = data_keys.id
  JOIN key_encryption_keys kek ON kek.id = wrapping.key_encryption_key_id ORDER BY domain, epoch DESC`;

/** As an earlier release has them. */
const KEPT_BEFORE = `SELECT data_keys.id, domain, epoch, wrapped, kek.provider, kek.fingerprint FROM data_keys
  JOIN key_encryption_keys kek ON kek.id = key_encryption_key_id ORDER BY domain, epoch DESC`;

const FIND_KEK = `SELECT id, provider, fingerprint FROM key_encryption_keys WHERE fingerprint = ?`;

const INSERT_KEK = `INSERT INTO key_encryption_keys
  (id, provider, fingerprint, passphrase_salt, passphrase_cost, added_at_ms) VALUES (?, ?, ?, ?, ?, ?)`;

const INSERT_DATA_KEY = `INSERT INTO data_keys (id, domain, epoch, key_encryption_key_id, made_at_ms)
  VALUES (?, ?, ?, ?, ?)`;

const INSERT_WRAPPING = 'INSERT INTO data_key_wrappings (data_key_id, key_encryption_key_id, wrapped) VALUES (?, ?, ?)';

const FORGET_SEALING_KEYS = 'DELETE FROM sealing_keys';

const DELETE_WRAPPINGS = 'DELETE FROM data_key_wrappings WHERE data_key_id = ?';
const DELETE_DATA_KEY = 'DELETE FROM data_keys WHERE id = ?';

/** Keeps a key-encryption key that is not known yet. Returns its id, which is random. */
export function keepKek(statements: Statements, kek: NewKek, atMilliseconds: number): string {
  const id = randomBytes(KEY_ID_BYTES).toString('hex');
  const { provider, fingerprint, stretching } = kek;
  const [salt, cost] = [stretching?.salt ?? null, stretching?.cost ?? null];
  statements.runOne(INSERT_KEK, id, provider, fingerprint, salt, cost, atMilliseconds);
  return id;
}

/** The id under which a key-encryption key is known, if it is. */
export function idOfKek(statements: Statements, kek: KnownKey): string | undefined {
  const known = statements.all<KnownKey & { readonly id: string }>(FIND_KEK, kek.fingerprint);
  return known.find((one) => isSameKey(one, kek))?.id;
}

/** Every wrapping in a database of this release, the newest data key of each domain first. */
export function keptWrappings(statements: Statements): readonly KeptWrapping[] {
  return statements.all<KeptWrapping>(KEPT);
}

/** Keeps a new data key in its first wrapping. */
export function keepDataKey(statements: Statements, key: WrappedDataKey, kekId: string, atMilliseconds: number): void {
  statements.runOne(INSERT_DATA_KEY, key.id, key.domain, key.epoch, kekId, atMilliseconds);
  keepWrapping(statements, key, kekId);
}

export function keepWrapping(
  statements: Statements,
  { id, wrapped }: Pick<WrappedDataKey, 'id' | 'wrapped'>,
  kekId: string,
): void {
  statements.runOne(INSERT_WRAPPING, id, kekId, wrapped);
}

/** Forgets a data key for good: what is sealed under it could never be opened again. */
export function forgetDataKey(statements: Statements, id: string): void {
  statements.run(DELETE_WRAPPINGS, id);
  statements.runOne(DELETE_DATA_KEY, id);
}

/** The data keys of a database, on a connection of the start's own: nobody else writes yet. */
export class KeyTables {
  readonly #statements: Statements;

  constructor(private readonly connection: BetterSqlite3.Database) {
    this.#statements = new Statements(connection);
  }

  /** Every wrapping, the newest data key of each domain first; none in a database of an earlier release. */
  wrappings(): readonly KeptWrapping[] {
    if (!hasTable(this.connection, 'data_keys')) return [];
    return this.#statements.all<KeptWrapping>(hasTable(this.connection, 'data_key_wrappings') ? KEPT : KEPT_BEFORE);
  }

  /**
   * Keeps new data keys, all or none. What an earlier release remembered of its sealing keys is forgotten.
   *
   * @param kekOf what wrapped those of a domain
   * @param alongside what else is done in the transaction
   */
  keep(
    keys: readonly WrappedDataKey[],
    kekOf: (domain: KeyDomain) => NewKek,
    atMilliseconds: number,
    alongside: () => void,
  ): void {
    const statements = this.#statements;
    const keep = this.connection.transaction(() => {
      for (const key of keys) {
        const kek = kekOf(key.domain);
        keepDataKey(
          statements,
          key,
          idOfKek(statements, kek) ?? keepKek(statements, kek, atMilliseconds),
          atMilliseconds,
        );
      }
      statements.run(FORGET_SEALING_KEYS);
      alongside();
    });
    keep.immediate();
  }

  /** As {@link forgetDataKey}, by itself. */
  forget(id: string): void {
    this.connection.transaction(() => {
      forgetDataKey(this.#statements, id);
    })();
  }
}
