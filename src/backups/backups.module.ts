import { type DynamicModule, Inject, Logger, Module } from '@nestjs/common';
import { RecordedWork } from '../audit/recorded-work.js';
import { Clock } from '../clock/clock.js';
import type { KmsConfiguration } from '../config/configuration.js';
import { realPathOf } from '../database/real-path.js';
import { watchBackups } from '../metrics/backup-metrics.js';
import { Metrics } from '../metrics/metrics.js';
import { Readiness } from '../readiness/readiness.js';
import { BackupSchedule } from './backup-schedule.js';

/** The schedule of backups, where one is configured; else nothing. */
@Module({})
export class BackupsModule {
  static of({ backups, database }: Pick<KmsConfiguration, 'backups' | 'database'>): DynamicModule {
    if (backups === undefined) return { module: EmptyModule };
    const schedule = {
      provide: BackupSchedule,
      inject: [Clock, RecordedWork, Metrics],
      useFactory: (clock: Clock, recorded: RecordedWork, metrics: Metrics) => {
        const made: BackupSchedule = new BackupSchedule({
          settings: backups,
          database: realPathOf(database),
          clock,
          recorded,
          log: new Logger('Backups'),
          count: watchBackups(metrics.registry, { newest: () => made.newestAtMilliseconds }, clock),
        });
        return made;
      },
    };
    return { module: BackupsModule, providers: [schedule], exports: [BackupSchedule] };
  }

  constructor(@Inject(BackupSchedule) schedule: BackupSchedule, readiness: Readiness) {
    readiness.warn('backup', () => schedule.objection());
  }
}

/** Stands where no backups are made. */
@Module({})
class EmptyModule {}
