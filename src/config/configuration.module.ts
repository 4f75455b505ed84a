import { type DynamicModule, Module } from '@nestjs/common';
import { CONFIGURATION, type KmsConfiguration } from './configuration.js';
import { LOCAL_SECRETS, type LocalSecrets } from './local-secrets.js';

/** Gives the configuration and the secrets, both loaded before Nest starts, to whoever injects them. */
@Module({})
export class ConfigurationModule {
  /** @param configuration as loaded; a start that cannot load it never comes here */
  static of(configuration: KmsConfiguration, localSecrets: LocalSecrets): DynamicModule {
    return {
      module: ConfigurationModule,
      global: true,
      providers: [
        { provide: CONFIGURATION, useValue: configuration },
        { provide: LOCAL_SECRETS, useValue: localSecrets },
      ],
      exports: [CONFIGURATION, LOCAL_SECRETS],
    };
  }
}
