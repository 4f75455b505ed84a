import { type DynamicModule, Module } from '@nestjs/common';
import { CONFIGURATION, type KmsConfiguration } from './configuration.js';

/** Gives the configuration, loaded before Nest starts, to whoever injects it. */
@Module({})
export class ConfigurationModule {
  /** @param configuration as loaded; a start that cannot load it never comes here */
  static of(configuration: KmsConfiguration): DynamicModule {
    return {
      module: ConfigurationModule,
      global: true,
      providers: [{ provide: CONFIGURATION, useValue: configuration }],
      exports: [CONFIGURATION],
    };
  }
}
