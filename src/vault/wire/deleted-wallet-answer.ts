import { ApiProperty } from '@nestjs/swagger';
import type { PendingWallet } from '../domain/wallet.js';

/** A deleted wallet that can still be brought back. */
export class DeletedWalletAnswer {
  @ApiProperty()
  client_id!: string;

  @ApiProperty()
  client_key!: string;

  @ApiProperty({ description: 'seconds since 1970' })
  created_at!: number;

  @ApiProperty({ description: 'when its master key is destroyed, in seconds since 1970' })
  deletes_at!: number;
}

export function deletedWalletAnswer(wallet: PendingWallet): DeletedWalletAnswer {
  return {
    client_id: wallet.clientId,
    client_key: wallet.clientKeyHex,
    created_at: Math.floor(wallet.createdAtMilliseconds / 1000),
    deletes_at: wallet.deletesAtSeconds,
  };
}
