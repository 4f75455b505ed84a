import { type DynamicModule, Module } from '@nestjs/common';
import { createSealer } from '../crypto/sealing/create-sealer.js';
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
          useFactory: async (database: OpenedDatabase) => createSealer(await vault(database)),
        },
        {
          provide: CURSOR_SEALER,
          inject,
          useFactory: async (database: OpenedDatabase) => createSealer(await cursors(database)),
        },
        {
          provide: REQUEST_HASH_KEY,
          inject,
          useFactory: async (database: OpenedDatabase) => (await requests(database)).current,
        },
      ],
      exports: [VAULT_SEALER, CURSOR_SEALER, REQUEST_HASH_KEY],
    };
  }
}
