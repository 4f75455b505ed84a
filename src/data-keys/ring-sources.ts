import { SECRET_DOMAINS, ofEachDomain } from '../crypto/sealing/data-key.js';
import type { KeyDomain } from '../crypto/sealing/data-key.js';
import { OpenedDatabase } from '../database/opened-database.js';
import { rawConnection } from '../database/raw-connection.js';
import type { SealedColumn } from '../sealed-columns.js';
import { HeldRing } from './held-ring.js';
import type { HeldRings } from './online-reseal.js';
import { lostDataKeys } from './lost-data-keys.js';
import { openKeyRings, readKeyRings } from './open-key-rings.js';
import { closeCustody } from './custody.js';
import type { Custody } from './custody.js';
import { readPassphrases } from './passphrase-rows.js';
import type { KnownPassphrase } from './passphrase-rows.js';
import { resealAll } from './reseal.js';

/** Gives the key ring of one domain, once the database is open and its migrations have run. */
export type RingSource = (database: OpenedDatabase) => Promise<HeldRing>;

/** What each half is handed of, and nothing more: a source of its own domain's ring. */
export type RingSources = Readonly<Record<KeyDomain, RingSource>>;

/** The rings of a service that runs. What opened them is let go of when they are open. */
export class OpenedRings {
  #custody: Custody | undefined;
  #rings: Promise<HeldRings> | undefined;

  constructor(
    custody: Custody,
    private readonly nowMilliseconds: () => number,
  ) {
    this.#custody = custody;
  }

  get sources(): RingSources {
    const source =
      (domain: KeyDomain): RingSource =>
      async (database) =>
        (await this.#of(database))[domain];
    return { ...ofEachDomain(source), rows: source('rows') };
  }

  /** Has everything sealed under the current data keys, in the current format: see `resealAll`. */
  async sealAgain(
    database: OpenedDatabase,
    columns: readonly SealedColumn[],
    say: (line: string) => void,
  ): Promise<void> {
    const held = await this.#of(database);
    const rings = { ...ofEachDomain((domain) => held[domain].ring), rows: held.rows.ring };
    const connection = rawConnection(OpenedDatabase.dataSourceOf(database));
    const { values, damaged } = await resealAll(connection, rings, columns, say);
    if (values > 0) say(`sealed ${values - damaged} values again, under the current data keys`);
    if (damaged > 0)
      say(`${damaged} sealed values cannot be opened: they stay as they are, and so do the keys they name`);
  }

  /** Lets go of the keys that open secrets: those of cursors, of hashes of requests and of rows open none. */
  async drop(database: OpenedDatabase): Promise<void> {
    const held = await this.#of(database);
    for (const domain of SECRET_DOMAINS) held[domain].drop();
  }

  /** For whoever replaces data keys while the service runs. */
  held(database: OpenedDatabase): Promise<HeldRings> {
    return this.#of(database);
  }

  /** How the passphrases were stretched that the database knows. */
  passphrases(database: OpenedDatabase): readonly KnownPassphrase[] {
    return readPassphrases(rawConnection(OpenedDatabase.dataSourceOf(database)));
  }

  /** Takes them up again. Rejects with `StartError`, and closes what was to open them. */
  async reopen(database: OpenedDatabase, custody: Custody): Promise<void> {
    const held = await this.#of(database);
    try {
      const rings = await readKeyRings(rawConnection(OpenedDatabase.dataSourceOf(database)), custody);
      for (const domain of SECRET_DOMAINS) held[domain].take(rings[domain]);
    } finally {
      await closeCustody(custody);
    }
  }

  /** All of them, opened once. Rejects with `StartError`. */
  #of(database: OpenedDatabase): Promise<HeldRings> {
    this.#rings ??= this.#open(database);
    return this.#rings;
  }

  async #open(database: OpenedDatabase): Promise<HeldRings> {
    const custody = this.#custody;
    this.#custody = undefined;
    if (custody === undefined) throw new Error('the key rings were opened before');
    try {
      const connection = rawConnection(OpenedDatabase.dataSourceOf(database));
      const rings = await openKeyRings(connection, custody, this.nowMilliseconds());
      if (rings.rows === undefined) throw lostDataKeys('rows');
      return { ...ofEachDomain((domain) => new HeldRing(rings[domain])), rows: new HeldRing(rings.rows) };
    } finally {
      await closeCustody(custody);
    }
  }
}
