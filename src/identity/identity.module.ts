import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Clock } from '../clock/clock.js';
import { CONFIGURATION, type KmsConfiguration } from '../config/configuration.js';
import { LOCAL_SECRETS, type LocalSecrets } from '../config/local-secrets.js';
import { AccessGuard } from './access-guard.js';
import { CallerIdentification } from './caller-identification.js';
import { tokenKeySources } from './token-key-sources.js';
import { TokenVerifier } from './token-verifier.js';

/** Who calls, and who may: guards every route of the application that imports it. Needs a global `Clock`. */
@Module({
  providers: [
    {
      provide: TokenVerifier,
      inject: [CONFIGURATION, LOCAL_SECRETS, Clock],
      useFactory: async ({ tokens }: KmsConfiguration, { jwtSecret }: LocalSecrets, clock: Clock) =>
        new TokenVerifier(await tokenKeySources(tokens, jwtSecret, clock), clock),
    },
    CallerIdentification,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [TokenVerifier, CallerIdentification],
})
export class IdentityModule {}
