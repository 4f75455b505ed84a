import { type DynamicModule, Module } from '@nestjs/common';
import { Clock } from './clock.js';

/** Gives the one clock to whoever injects {@link Clock}. */
@Module({})
export class ClockModule {
  static of(clock: Clock): DynamicModule {
    return {
      module: ClockModule,
      global: true,
      providers: [{ provide: Clock, useValue: clock }],
      exports: [Clock],
    };
  }
}
