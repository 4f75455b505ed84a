import { DataSource } from 'typeorm';
import { AuditEntryRow } from './src/audit/audit-entry.entity.js';
import { ServerShareRow } from './src/auth/persistence/server-share.entity.js';
import { loadConfiguration } from './src/config/load-configuration.js';
import { dataSourceOptions } from './src/database/data-source.js';
import { SealingKeyRow } from './src/database/sealing-key.entity.js';
import { SplitKeyRow } from './src/vault/persistence/split-key.entity.js';
import { WalletRow } from './src/vault/persistence/wallet.entity.js';

/** The DataSource for TypeORM's command line: it shows, runs and reverts migrations. */
export default new DataSource(
  dataSourceOptions(loadConfiguration().database, [
    WalletRow,
    SplitKeyRow,
    ServerShareRow,
    AuditEntryRow,
    SealingKeyRow,
  ]),
);
