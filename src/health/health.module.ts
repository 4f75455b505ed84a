import { type DynamicModule, Module } from '@nestjs/common';
import type { SplitKeyConfiguration } from '../config/configuration.js';
import { HealthController, WARNINGS } from './health.controller.js';

@Module({ controllers: [HealthController] })
export class HealthModule {
  static of({ txnVerification }: Pick<SplitKeyConfiguration, 'txnVerification'>): DynamicModule {
    const warnings =
      txnVerification === 'strict' ? [] : ['TXN_VERIFICATION=trust-hash: restrictions bind nothing that is signed'];
    return { module: HealthModule, providers: [{ provide: WARNINGS, useValue: warnings }] };
  }
}
