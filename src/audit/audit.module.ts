import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../clock/clock.js';
import type { SplitKeyConfiguration } from '../config/configuration.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AuditEntryRow } from './audit-entry.entity.js';
import { AuditTrail } from './audit-trail.js';
import { EntryStatement } from './entry-statement.js';
import { RecordedWork } from './recorded-work.js';

/** The record, for everybody. */
@Module({})
export class AuditModule {
  static of({ txnVerification }: Pick<SplitKeyConfiguration, 'txnVerification'>): DynamicModule {
    return {
      module: AuditModule,
      global: true,
      imports: [TypeOrmModule.forFeature([AuditEntryRow])],
      providers: [
        {
          provide: EntryStatement,
          inject: [Clock],
          useFactory: (clock: Clock) => new EntryStatement(clock, txnVerification),
        },
        {
          provide: AuditTrail,
          inject: [EntryStatement],
          useFactory: (entries: EntryStatement) => new AuditTrail(entries),
        },
        {
          provide: RecordedWork,
          inject: [UnitOfWork, AuditTrail],
          useFactory: (unitOfWork: UnitOfWork, audit: AuditTrail) => new RecordedWork(unitOfWork, audit),
        },
      ],
      exports: [AuditTrail, EntryStatement, RecordedWork],
    };
  }
}
