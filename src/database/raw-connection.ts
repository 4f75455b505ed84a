import type BetterSqlite3 from 'better-sqlite3';
import type { DataSource } from 'typeorm';

/** The one connection under TypeORM's, for what TypeORM has no words for. */
export function rawConnection(dataSource: DataSource): BetterSqlite3.Database {
  return (dataSource.driver as unknown as { readonly databaseConnection: BetterSqlite3.Database }).databaseConnection;
}
