import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../clock/clock.js';
import type { SplitKeyConfiguration } from '../config/configuration.js';
import { AuditEntryRow } from './audit-entry.entity.js';
import { AuditTrail } from './audit-trail.js';

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
          provide: AuditTrail,
          inject: [Clock],
          useFactory: (clock: Clock) => new AuditTrail(clock, txnVerification),
        },
      ],
      exports: [AuditTrail],
    };
  }
}
