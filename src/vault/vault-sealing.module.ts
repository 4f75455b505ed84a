import { type DynamicModule, Module } from '@nestjs/common';
import { createSealer } from '../crypto/sealing/create-sealer.js';
import type { SealingKeys } from '../crypto/sealing/sealing-keys.js';
import { CURSOR_SEALER, REQUEST_HASH_KEY, VAULT_SEALER } from './injection-tokens.js';

/** What seals and opens ZVault's secrets. Not global: ZVault alone imports it. */
@Module({})
export class VaultSealingModule {
  static of({ vault, cursors, requests }: Pick<SealingKeys, 'vault' | 'cursors' | 'requests'>): DynamicModule {
    return {
      module: VaultSealingModule,
      providers: [
        { provide: VAULT_SEALER, useFactory: () => createSealer(vault) },
        { provide: CURSOR_SEALER, useFactory: () => createSealer(cursors) },
        { provide: REQUEST_HASH_KEY, useValue: requests },
      ],
      exports: [VAULT_SEALER, CURSOR_SEALER, REQUEST_HASH_KEY],
    };
  }
}
