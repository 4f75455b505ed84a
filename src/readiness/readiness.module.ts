import { Global, Module } from '@nestjs/common';
import { Readiness } from './readiness.js';
import { ServiceSeal } from './service-seal.js';

/** The one {@link Readiness}, to which every part adds its checks, and the one {@link ServiceSeal}. */
@Global()
@Module({
  providers: [
    { provide: Readiness, useFactory: () => new Readiness() },
    {
      provide: ServiceSeal,
      inject: [Readiness],
      useFactory: (readiness: Readiness) => {
        const seal = new ServiceSeal();
        readiness.add('seal', () => (seal.isSealed ? 'sealed by its operator' : undefined));
        return seal;
      },
    },
  ],
  exports: [Readiness, ServiceSeal],
})
export class ReadinessModule {}
