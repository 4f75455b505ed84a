import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Clock } from '../clock/clock.js';
import { CONFIGURATION, type KmsConfiguration, type TokenConfiguration } from '../config/configuration.js';
import { LOCAL_SECRETS, type LocalSecrets } from '../config/local-secrets.js';
import { AccessGuard } from './access-guard.js';
import { CallerIdentification } from './caller-identification.js';
import { KeySetKeeper } from './key-set-keeper.js';
import { ConfiguredKey, SharedSecret, type TokenKeySource } from './token-key-sources.js';
import { TokenVerifier } from './token-verifier.js';

/** Who calls, and who may: guards every route of the application that imports it. Needs a global `Clock`. */
@Module({
  providers: [
    {
      provide: KeySetKeeper,
      inject: [CONFIGURATION, Clock],
      useFactory: async ({ tokens: { keySet } }: KmsConfiguration, clock: Clock) => {
        if (keySet === undefined) return new KeySetKeeper(undefined);
        // Loaded only where a key set is configured: it brings an HTTP client with it.
        const { RemoteKeySet } = await import('./remote-key-set.js');
        return new KeySetKeeper(new RemoteKeySet(keySet, clock));
      },
    },
    {
      provide: TokenVerifier,
      inject: [CONFIGURATION, LOCAL_SECRETS, KeySetKeeper, Clock],
      useFactory: ({ tokens }: KmsConfiguration, secrets: LocalSecrets, { keySet }: KeySetKeeper, clock: Clock) =>
        new TokenVerifier(
          [...configuredKeys(tokens, secrets), ...(keySet === undefined ? [] : [keySet])],
          tokens,
          clock,
        ),
    },
    CallerIdentification,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [TokenVerifier, CallerIdentification, KeySetKeeper],
})
export class IdentityModule {}

/** They are asked before the key set, so that what the configuration settles costs no request. */
function configuredKeys(
  { secrets, publicKeys }: TokenConfiguration,
  { jwtSecret }: LocalSecrets,
): readonly TokenKeySource[] {
  // Without any configured key, a generated secret.
  const generated = secrets.length > 0 || jwtSecret === undefined ? [] : [jwtSecret];
  return [
    ...[...secrets, ...generated].map((secret) => new SharedSecret(secret)),
    ...publicKeys.map((key) => new ConfiguredKey(key)),
  ];
}
