import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import type { SplitKeyConfiguration } from '../config/configuration.js';
import { Metrics } from '../metrics/metrics.js';
import { DELETION_GRACE_SECONDS } from './injection-tokens.js';
import { Sweeper } from './sweeper.js';

/** The one {@link Sweeper}, to which each half adds what it has to destroy in time, and how much time that is. */
@Module({})
export class SweepingModule {
  static of({ deletionGraceDays }: Pick<SplitKeyConfiguration, 'deletionGraceDays'>): DynamicModule {
    return {
      module: SweepingModule,
      global: true,
      providers: [
        { provide: DELETION_GRACE_SECONDS, useValue: deletionGraceDays * 86_400 },
        {
          provide: Sweeper,
          inject: [Clock, Metrics],
          useFactory: (clock: Clock, metrics: Metrics) => new Sweeper(clock, metrics, new Logger('Sweeper')),
        },
      ],
      exports: [DELETION_GRACE_SECONDS, Sweeper],
    };
  }
}
