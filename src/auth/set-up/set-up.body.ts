import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsOptional, IsString } from 'class-validator';
import { EXAMPLE_SPLIT_KEY } from '../../wire/examples.js';
import { IsUnixSeconds } from '../../http/body/is-unix-seconds.js';
import { IsRestrictionNames } from '../../wire/restrictions.body.js';

export class SetUpBody {
  @ApiPropertyOptional({ type: String, description: "ignored: the owner is the token's user", example: '' })
  @Allow()
  user_id?: unknown;

  @ApiProperty({ description: 'sha3-256 of the client key', example: EXAMPLE_SPLIT_KEY.clientId })
  @IsString({ message: 'client_id: must be 64 hexadecimal characters' })
  client_id!: string;

  @ApiProperty({ description: "the wallet's public key", example: EXAMPLE_SPLIT_KEY.clientKey })
  @IsString({ message: 'client_key: must be 128 hexadecimal characters' })
  client_key!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'kept as one more name of the split key in GET /key; clients put various keys here',
    example: EXAMPLE_SPLIT_KEY.serverPublicKey,
  })
  @IsOptional()
  @IsString({ message: 'public_key: must be 128 hexadecimal characters' })
  public_key?: string | null;

  @ApiProperty({ description: "the server share's secret key", example: EXAMPLE_SPLIT_KEY.serverShare })
  @IsString({ message: 'private_key: must be 64 hexadecimal characters' })
  private_key!: string;

  @ApiProperty({ description: "the user share's public key", example: EXAMPLE_SPLIT_KEY.userPublicKey })
  @IsString({ message: 'peer_public_key: must be 128 hexadecimal characters' })
  peer_public_key!: string;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description:
      'the operation groups it may sign for; null or []: no transaction; ["*"]: no list; absent: no list the first ' +
      'time, later as it was',
    example: ['token_transfers'],
  })
  @IsOptional()
  @IsRestrictionNames()
  restrictions?: string[] | null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    description:
      'seconds since 1970, at most 100 years ahead; 0 = never; absent or null: never the first time, later as it was',
    example: 0,
  })
  @IsOptional()
  @IsUnixSeconds()
  expired_at?: number | null;
}
