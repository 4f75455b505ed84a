import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Clock } from '../clock/clock.js';
import type { TokenConfiguration } from '../config/configuration.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import { RateLimiter } from '../rate-limits/rate-limiter.js';
import { AccessGuard } from './access-guard.js';
import { CallerIdentification } from './caller-identification.js';
import { KeySetKeeper } from './key-set-keeper.js';
import { ConfiguredKey, SharedSecret, type TokenKeySource } from './token-key-sources.js';
import { TokenVerifier } from './token-verifier.js';

/** Who calls, and who may: guards every route of the application. Needs a global `Clock` and `RateLimiter`. */
@Module({})
export class IdentityModule {
  /** @param tokenSecret the first shared secret, configured or generated; absent when only public keys check tokens */
  static of(tokens: TokenConfiguration, tokenSecret: SecretBytes | undefined): DynamicModule {
    return {
      module: IdentityModule,
      global: true,
      providers: [
        {
          provide: KeySetKeeper,
          inject: [Clock],
          useFactory: async (clock: Clock) => {
            if (tokens.keySet === undefined) return new KeySetKeeper(undefined);
            // Loaded only where a key set is configured: it brings an HTTP client with it.
            const { RemoteKeySet } = await import('./remote-key-set.js');
            return new KeySetKeeper(new RemoteKeySet(tokens.keySet, clock));
          },
        },
        {
          provide: TokenVerifier,
          inject: [KeySetKeeper, Clock],
          useFactory: ({ keySet }: KeySetKeeper, clock: Clock) =>
            new TokenVerifier(
              [...configuredKeys(tokens, tokenSecret), ...(keySet === undefined ? [] : [keySet])],
              tokens,
              clock,
            ),
        },
        {
          provide: CallerIdentification,
          inject: [TokenVerifier, RateLimiter],
          useFactory: (verifier: TokenVerifier, limiter: RateLimiter) =>
            new CallerIdentification(verifier, tokens.ignoreAuthorization, limiter),
        },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [TokenVerifier, CallerIdentification, KeySetKeeper],
    };
  }
}

/** They are asked before the key set, so that what the configuration settles costs no request. */
function configuredKeys(
  { secrets, publicKeys }: TokenConfiguration,
  tokenSecret: SecretBytes | undefined,
): readonly TokenKeySource[] {
  // Without any configured key, a generated secret.
  const generated = secrets.length > 0 || tokenSecret === undefined ? [] : [tokenSecret];
  return [
    ...[...secrets, ...generated].map((secret) => new SharedSecret(secret)),
    ...publicKeys.map((key) => new ConfiguredKey(key)),
  ];
}
