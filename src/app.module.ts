import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { COVERED_TABLES } from './covered-tables.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import type { Clock } from './clock/clock.js';
import { ClockModule } from './clock/clock.module.js';
import type { KmsConfiguration } from './config/configuration.js';
import type { RingSources } from './data-keys/ring-sources.js';
import type { SecretBytes } from './crypto/secret-bytes.js';
import { DatabaseModule } from './database/database.module.js';
import { RowsModule } from './database/rows/rows.module.js';
import { EngineModule } from './engine/engine.module.js';
import { HealthModule } from './health/health.module.js';
import { ErrorFilter } from './http/errors/error.filter.js';
import { HttpModule } from './http/http.module.js';
import { RefusalRecorder } from './http/errors/refusal-recorder.interceptor.js';
import { SdkStatus } from './http/dialect/sdk-status.interceptor.js';
import { IdentityModule } from './identity/identity.module.js';
import { BackupsModule } from './backups/backups.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { RateLimitsModule } from './rate-limits/rate-limits.module.js';
import { ReadinessModule } from './readiness/readiness.module.js';
import { SweepingModule } from './sweeping/sweeping.module.js';
import { VaultModule } from './vault/vault.module.js';
import { WireModule } from './wire/wire.module.js';

/** What each half and the guard are given of, and nobody can ask for. */
interface Secrets {
  readonly rings: RingSources;
  /** As `IdentityModule.of` takes it. */
  readonly tokenSecret: SecretBytes | undefined;
}

/**
 * The composition root: the only place that sees ZVault and ZAuth together. It hands each module the slice of the
 * configuration and the secrets that it needs. Global are those that every part needs: time, database, record, metrics,
 * readiness, limits of rate, and who calls; everything else is imported by whoever uses it.
 */
@Module({})
export class AppModule {
  static of(configuration: KmsConfiguration, { rings, tokenSecret }: Secrets, clock: Clock): DynamicModule {
    const shared = [
      EngineModule.of(configuration.blsEngine, configuration.writeQueueMax),
      WireModule.of(configuration),
    ];
    return {
      module: AppModule,
      imports: [
        ClockModule.of(clock),
        ReadinessModule,
        DatabaseModule.of(configuration),
        RowsModule.of(rings),
        MetricsModule,
        RateLimitsModule.of(configuration),
        AuditModule.of(configuration, rings, COVERED_TABLES),
        IdentityModule.of(configuration.tokens, tokenSecret),
        SweepingModule.of(configuration),
        BackupsModule.of(configuration),
        HttpModule,
        HealthModule.of(configuration),
        VaultModule.of(configuration, rings, shared),
        AuthModule.of(configuration, rings, shared),
      ],
      providers: [
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_INTERCEPTOR, useClass: SdkStatus },
        { provide: APP_INTERCEPTOR, useClass: RefusalRecorder },
      ],
    };
  }
}
