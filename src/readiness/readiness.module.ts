import { Global, Module } from '@nestjs/common';
import { Readiness } from './readiness.js';

/** The one {@link Readiness}, to which every part adds its checks. */
@Global()
@Module({
  providers: [{ provide: Readiness, useFactory: () => new Readiness() }],
  exports: [Readiness],
})
export class ReadinessModule {}
