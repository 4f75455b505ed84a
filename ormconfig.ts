import { DataSource } from 'typeorm';
import { AuditEntryRow } from './src/audit/audit-entry.entity.js';
import { ServerShareRow } from './src/auth/persistence/server-share.entity.js';
import type { KmsConfiguration } from './src/config/configuration.js';
import { loadConfiguration } from './src/config/load-configuration.js';
import { markedDataSourceOptions } from './src/database/data-source.js';
import { databaseState } from './src/database/database-files.js';
import { DatabaseLock } from './src/database/database-lock.js';
import { SealingKeyRow } from './src/database/sealing-key.entity.js';
import { checkDatabase } from './src/database/start-checks.js';
import { StartError } from './src/errors/start-error.js';
import { SplitKeyRow } from './src/vault/persistence/split-key.entity.js';
import { WalletRow } from './src/vault/persistence/wallet.entity.js';

const { database } = configurationOfOurs();

/** The DataSource for TypeORM's command line: it shows, runs and reverts migrations, and never beside the service. */
export default new DataSource(
  markedDataSourceOptions(database, [WalletRow, SplitKeyRow, ServerShareRow, AuditEntryRow, SealingKeyRow]),
);

/** The configuration, with the database locked for as long as this process lives; else ends it with one line. */
function configurationOfOurs(): KmsConfiguration {
  try {
    const configuration = loadConfiguration();
    DatabaseLock.acquire(configuration.database);
    // SQLite would make one, and the next start would find a database without its sealing key.
    if (databaseState(configuration.database) !== 'there') {
      throw new StartError('there is no database yet: the service makes it at its first start, or npm run initialise');
    }
    checkDatabase(configuration.database, { production: false, say: (line) => process.stderr.write(`${line}\n`) });
    return configuration;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    // TypeORM would wrap it and show its stack.
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
