import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { getDataSourceToken, InjectDataSource, TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { StorageConfiguration } from '../config/configuration.js';
import { Readiness } from '../readiness/readiness.js';
import { DataKeyRow, DataKeyWrappingRow, KeyEncryptionKeyRow } from './data-keys.entities.js';
import { DatabaseFile } from './database-file.js';
import { checkGuards } from './guards-check.js';
import { markedDataSourceOptions } from './data-source.js';
import { settleMark } from './log-mark.js';
import { OpenedDatabase } from './opened-database.js';
import { rawConnection } from './raw-connection.js';
import { SealingKeyRow } from './sealing-key.entity.js';
import { BelievedTimeRow } from './believed-time.entity.js';
import { SqliteUnitOfWork } from './sqlite-unit-of-work.js';
import { TimeKeeping } from './time-keeping.js';
import { UnitOfWork } from './unit-of-work.js';
import { WriteProbe } from './write-probe.js';

/** The path of the SQLite file, or `:memory:`; for this module alone. */
const DATABASE_PATH = Symbol('database path');

/** The one DataSource, migrated at the start, behind the one {@link UnitOfWork}; for everybody. */
@Module({})
export class DatabaseModule implements OnModuleInit, OnApplicationShutdown {
  static of({ database, writeQueueMax }: Pick<StorageConfiguration, 'database' | 'writeQueueMax'>): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...markedDataSourceOptions(database),
            autoLoadEntities: true,
            migrationsRun: true,
            // A file that cannot be opened now cannot be opened in three seconds either.
            retryAttempts: 0,
          }),
        }),
        TypeOrmModule.forFeature([SealingKeyRow, KeyEncryptionKeyRow, DataKeyRow, DataKeyWrappingRow, BelievedTimeRow]),
      ],
      providers: [
        { provide: DATABASE_PATH, useValue: database },
        {
          provide: SqliteUnitOfWork,
          inject: [getDataSourceToken()],
          useFactory: (dataSource: DataSource) => new SqliteUnitOfWork(dataSource, { mostWaiting: writeQueueMax }),
        },
        {
          provide: OpenedDatabase,
          inject: [getDataSourceToken()],
          useFactory: (dataSource: DataSource) => new OpenedDatabase(dataSource),
        },
        { provide: UnitOfWork, useExisting: SqliteUnitOfWork },
        TimeKeeping,
      ],
      exports: [UnitOfWork, SqliteUnitOfWork, OpenedDatabase],
    };
  }

  constructor(
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly readiness: Readiness,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(DATABASE_PATH) private readonly database: string,
  ) {}

  /** The database is open by now, and the migrations have run. */
  onModuleInit(): void {
    checkGuards(rawConnection(this.dataSource), this.database);
    settleMark(rawConnection(this.dataSource), this.database);
    const probe = new WriteProbe(this.unitOfWork);
    this.readiness.add('database', () => probe.check());
    const { database } = this;
    if (database === ':memory:') return;
    const file = new DatabaseFile(database);
    this.readiness.add('database_file', () => file.isOpenOne());
    this.readiness.add('disk_space', () => file.hasSpace());
  }

  /** The connection is closed only after the last write has been answered. */
  onApplicationShutdown(): Promise<void> {
    return this.unitOfWork.idle();
  }
}
