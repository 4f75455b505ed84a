import { Global, Logger, Module } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Metrics } from '../metrics/metrics.js';
import { Sweeper } from './sweeper.js';

/** The one {@link Sweeper}, to which each half adds what it has to destroy in time. */
@Global()
@Module({
  providers: [
    {
      provide: Sweeper,
      inject: [Clock, Metrics],
      useFactory: (clock: Clock, metrics: Metrics) => new Sweeper(clock, metrics, new Logger('Sweeper')),
    },
  ],
  exports: [Sweeper],
})
export class SweepingModule {}
