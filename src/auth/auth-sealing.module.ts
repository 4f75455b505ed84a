import { type DynamicModule, Module } from '@nestjs/common';
import { createSealer } from '../crypto/sealing/create-sealer.js';
import type { SealingKeys } from '../crypto/sealing/sealing-keys.js';
import { AUTH_DOMAIN_KEY, AUTH_SEALER } from './injection-tokens.js';

/** What seals ZAuth's secrets and, in its workers, opens them. Not global: ZAuth alone imports it. */
@Module({})
export class AuthSealingModule {
  static of({ auth }: Pick<SealingKeys, 'auth'>): DynamicModule {
    return {
      module: AuthSealingModule,
      providers: [
        { provide: AUTH_SEALER, useFactory: () => createSealer(auth) },
        // A factory, since Nest looks into values, and this one is nobody's to look at.
        { provide: AUTH_DOMAIN_KEY, useFactory: () => auth },
      ],
      exports: [AUTH_SEALER, AUTH_DOMAIN_KEY],
    };
  }
}
