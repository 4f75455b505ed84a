import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { getDataSourceToken, InjectDataSource, TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIGURATION } from '../config/configuration.js';
import type { KmsConfiguration } from '../config/configuration.js';
import { Readiness } from '../readiness/readiness.js';
import { DatabaseFile } from './database-file.js';
import { markedDataSourceOptions } from './data-source.js';
import { settleMark } from './log-mark.js';
import { rawConnection } from './raw-connection.js';
import { SealingKeyRow } from './sealing-key.entity.js';
import { UnitOfWork } from './unit-of-work.js';
import { WriteProbe } from './write-probe.js';

/** The one DataSource, migrated at the start, behind the one {@link UnitOfWork}. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIGURATION],
      useFactory: ({ database }: KmsConfiguration) => ({
        ...markedDataSourceOptions(database),
        autoLoadEntities: true,
        migrationsRun: true,
        // A file that cannot be opened now cannot be opened in three seconds either.
        retryAttempts: 0,
      }),
    }),
    TypeOrmModule.forFeature([SealingKeyRow]),
  ],
  providers: [
    {
      provide: UnitOfWork,
      inject: [getDataSourceToken()],
      useFactory: (dataSource: DataSource) => new UnitOfWork(dataSource),
    },
  ],
  exports: [UnitOfWork],
})
export class DatabaseModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly readiness: Readiness,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: KmsConfiguration,
  ) {}

  /** The database is open by now, and the migrations have run. */
  onModuleInit(): void {
    settleMark(rawConnection(this.dataSource), this.configuration.database);
    const probe = new WriteProbe(this.unitOfWork);
    this.readiness.add('database', () => probe.check());
    const { database } = this.configuration;
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
