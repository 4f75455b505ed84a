import { type DynamicModule, Module } from '@nestjs/common';
import { OpenedDatabase } from '../database/opened-database.js';
import type { RingSources } from '../data-keys/ring-sources.js';
import { CURSOR_SEALER, REQUEST_HASH_KEY, VAULT_SEALER } from './injection-tokens.js';

/** What seals and opens ZVault's secrets. Not global: ZVault alone imports it. */
@Module({})
export class VaultSealingModule {
  static of({ vault, cursors, requests }: Pick<RingSources, 'vault' | 'cursors' | 'requests'>): DynamicModule {
    const inject = [OpenedDatabase];
    return {
      module: VaultSealingModule,
      providers: [
        {
          provide: VAULT_SEALER,
          inject,
          useFactory: vault,
        },
        {
          provide: CURSOR_SEALER,
          inject,
          useFactory: cursors,
        },
        {
          provide: REQUEST_HASH_KEY,
          inject,
          useFactory: requests,
        },
      ],
      exports: [VAULT_SEALER, CURSOR_SEALER, REQUEST_HASH_KEY],
    };
  }
}
