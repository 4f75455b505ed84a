import { type DynamicModule, Module } from '@nestjs/common';
import type { SplitKeyConfiguration } from '../config/configuration.js';
import { WireRestrictions } from './wire-restrictions.js';

/** What both halves say and understand of restrictions on the wire. */
@Module({})
export class WireModule {
  static of({ sdkRestrictedMessages }: Pick<SplitKeyConfiguration, 'sdkRestrictedMessages'>): DynamicModule {
    return {
      module: WireModule,
      providers: [{ provide: WireRestrictions, useFactory: () => new WireRestrictions(sdkRestrictedMessages) }],
      exports: [WireRestrictions],
    };
  }
}
