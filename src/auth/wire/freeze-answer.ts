import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ClientId } from '../../crypto/key-names.js';
import { EXAMPLE_WALLET } from '../../wire/examples.js';
import type { Freeze } from '../domain/freeze.js';

/** Whether a wallet is frozen now (wire.md section 5). */
export class FreezeAnswer {
  @ApiProperty({ example: EXAMPLE_WALLET.clientId })
  client_id!: string;

  @ApiProperty({ description: 'whether all split keys of the wallet are stopped' })
  frozen!: boolean;

  @ApiPropertyOptional({ description: 'since when, in seconds since 1970; absent when it is not frozen' })
  frozen_at?: number;
}

export function freezeAnswer(clientId: ClientId, { isFrozen, sinceSeconds }: Freeze): FreezeAnswer {
  return { client_id: clientId, frozen: isFrozen, ...(isFrozen ? { frozen_at: sinceSeconds } : {}) };
}
