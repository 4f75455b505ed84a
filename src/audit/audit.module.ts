import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../clock/clock.js';
import { CONFIGURATION } from '../config/configuration.js';
import type { KmsConfiguration } from '../config/configuration.js';
import { AuditEntryRow } from './audit-entry.entity.js';
import { AuditTrail } from './audit-trail.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEntryRow])],
  providers: [
    {
      provide: AuditTrail,
      inject: [Clock, CONFIGURATION],
      useFactory: (clock: Clock, configuration: KmsConfiguration) =>
        new AuditTrail(clock, configuration.txnVerification),
    },
  ],
  exports: [AuditTrail],
})
export class AuditModule {}
