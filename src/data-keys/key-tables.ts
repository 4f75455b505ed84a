import type BetterSqlite3 from 'better-sqlite3';
import type { SealingDomain } from '../crypto/sealing/data-key.js';
import { hasTable } from '../database/sealing-key-check.js';
import { Statements } from '../database/statements.js';
import type { KeyEncryptionKey } from '../key-encryption/key-encryption-key.js';

/** A wrapped data key as it is kept. */
export interface WrappedDataKey {
  /** 16 lower-case hexadecimal characters. */
  readonly id: string;
  readonly domain: SealingDomain;
  readonly epoch: number;
  readonly wrapped: Uint8Array;
}

/** By what the key that wrapped them is known. */
export type KnownKey = Pick<KeyEncryptionKey, 'provider' | 'fingerprint'>;

const READ_WRAPPED = 'SELECT id, domain, epoch, wrapped FROM data_keys ORDER BY domain, epoch DESC';

const INSERT_KNOWN = 'INSERT INTO key_encryption_keys (id, provider, fingerprint, added_at_ms) VALUES (?, ?, ?, ?)';

const INSERT_WRAPPED = `INSERT INTO data_keys (id, domain, epoch, key_encryption_key_id, wrapped, made_at_ms)
  VALUES (?, ?, ?, ?, ?, ?)`;

const FORGET_SEALING_KEYS = 'DELETE FROM sealing_keys';

const DELETE_DATA_KEY = 'DELETE FROM data_keys WHERE id = ?';

/** The data keys of a database, on a connection of the start's own: nobody else writes yet. */
export class KeyTables {
  readonly #statements: Statements;

  constructor(private readonly connection: BetterSqlite3.Database) {
    this.#statements = new Statements(connection);
  }

  /** The newest of each domain first; none in a database of an earlier release. */
  wrapped(): readonly WrappedDataKey[] {
    return hasTable(this.connection, 'data_keys') ? this.#statements.all<WrappedDataKey>(READ_WRAPPED) : [];
  }

  /**
   * Keeps the first data keys, all or none. What an earlier release remembered of its sealing keys is forgotten.
   *
   * @param id of the key that wrapped them, new
   */
  keepFirst(id: string, kek: KnownKey, keys: readonly WrappedDataKey[], atMilliseconds: number): void {
    const keep = this.connection.transaction(() => {
      this.#statements.runOne(INSERT_KNOWN, id, kek.provider, kek.fingerprint, atMilliseconds);
      for (const key of keys) {
        this.#statements.runOne(INSERT_WRAPPED, key.id, key.domain, key.epoch, id, key.wrapped, atMilliseconds);
      }
      this.#statements.run(FORGET_SEALING_KEYS);
    });
    keep.immediate();
  }

  /** Forgets a data key for good: what is sealed under it could never be opened again. */
  forget(id: string): void {
    this.#statements.runOne(DELETE_DATA_KEY, id);
  }
}
