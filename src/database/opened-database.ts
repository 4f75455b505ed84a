import type { DataSource } from 'typeorm';

/** That the database is open and migrated: for whoever is made from what is in it, and reads none of it. */
export class OpenedDatabase {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  /** For the start, in `data-keys/`: all others have a unit of work. */
  static dataSourceOf(database: OpenedDatabase): DataSource {
    return database.#dataSource;
  }
}
