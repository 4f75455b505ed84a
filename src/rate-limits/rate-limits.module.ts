import { type DynamicModule, Module } from '@nestjs/common';
import type { RateConfiguration } from '../config/configuration.js';
import { Metrics } from '../metrics/metrics.js';
import { RateLimiter } from './rate-limiter.js';

/** Limits of rate, for whoever learns who sent a request. */
@Module({})
export class RateLimitsModule {
  static of(configuration: RateConfiguration): DynamicModule {
    const { ratePerAddress, ratePerUser, ratePerSplitKey, rateRefusalsPerSplitKey, rateBurstSeconds } = configuration;
    const rates: RateConfiguration = {
      ratePerAddress,
      ratePerUser,
      ratePerSplitKey,
      rateRefusalsPerSplitKey,
      rateBurstSeconds,
    };
    return {
      module: RateLimitsModule,
      global: true,
      providers: [
        { provide: RateLimiter, inject: [Metrics], useFactory: (metrics: Metrics) => new RateLimiter(rates, metrics) },
      ],
      exports: [RateLimiter],
    };
  }
}
