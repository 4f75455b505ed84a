import type { KeyRing, KeyRings, SealingDomain } from '../crypto/sealing/data-key.js';
import { OpenedDatabase } from '../database/opened-database.js';
import { rawConnection } from '../database/raw-connection.js';
import type { SealedColumn } from '../sealed-columns.js';
import { openKeyRings } from './open-key-rings.js';
import type { Custody } from './open-key-rings.js';
import { resealAll } from './reseal.js';

/** Gives the key ring of one domain, once the database is open and its migrations have run. */
export type RingSource = (database: OpenedDatabase) => Promise<KeyRing>;

/** What each half is handed of, and nothing more: a source of its own domain's ring. */
export type RingSources = Readonly<Record<SealingDomain, RingSource>>;

/** The rings of a service that starts, opened once; what opened them is let go of then. */
export class OpenedRings {
  #custody: Custody | undefined;
  #rings: Promise<KeyRings> | undefined;

  constructor(
    custody: Custody,
    private readonly nowMilliseconds: () => number,
  ) {
    this.#custody = custody;
  }

  /** All of them. Rejects with `StartError`. */
  of(database: OpenedDatabase): Promise<KeyRings> {
    this.#rings ??= this.#open(database);
    return this.#rings;
  }

  get sources(): RingSources {
    const source =
      (domain: SealingDomain): RingSource =>
      async (database) =>
        (await this.of(database))[domain];
    return {
      vault: source('vault'),
      auth: source('auth'),
      audit: source('audit'),
      cursors: source('cursors'),
      requests: source('requests'),
    };
  }

  /** Has everything sealed under the current data keys: see `resealAll`. */
  async sealAgain(
    database: OpenedDatabase,
    columns: readonly SealedColumn[],
    say: (line: string) => void,
  ): Promise<void> {
    const { values, damaged } = await resealAll(
      rawConnection(OpenedDatabase.dataSourceOf(database)),
      await this.of(database),
      columns,
      say,
    );
    if (values > 0) say(`sealed ${values - damaged} values again, under the current data keys`);
    if (damaged > 0)
      say(`${damaged} sealed values cannot be opened: they stay as they are, and so do the keys they name`);
  }

  async #open(database: OpenedDatabase): Promise<KeyRings> {
    const custody = this.#custody;
    this.#custody = undefined;
    if (custody === undefined) throw new Error('the key rings were opened before');
    try {
      return await openKeyRings(rawConnection(OpenedDatabase.dataSourceOf(database)), custody, this.nowMilliseconds());
    } finally {
      await custody.kek.close();
    }
  }
}
