import { type DynamicModule, Module } from '@nestjs/common';
import { OpenedDatabase } from '../database/opened-database.js';
import type { RingSources } from '../data-keys/ring-sources.js';
import { AUTH_KEY_RING, AUTH_SEALER } from './injection-tokens.js';

/** What seals ZAuth's secrets and, in its workers, opens them. Not global: ZAuth alone imports it. */
@Module({})
export class AuthSealingModule {
  static of({ auth }: Pick<RingSources, 'auth'>): DynamicModule {
    const inject = [OpenedDatabase];
    return {
      module: AuthSealingModule,
      providers: [
        {
          provide: AUTH_SEALER,
          inject,
          useFactory: auth,
        },
        // A factory, since Nest looks into values, and this one is nobody's to look at.
        { provide: AUTH_KEY_RING, inject, useFactory: auth },
      ],
      exports: [AUTH_SEALER, AUTH_KEY_RING],
    };
  }
}
