import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { EXAMPLE_WALLET } from '../../http/examples.js';

export class StoreKeyBody {
  @ApiProperty({
    description: 'the secret key, 32 bytes little-endian as 64 hexadecimal characters',
    example: EXAMPLE_WALLET.privateKey,
  })
  @IsString({ message: 'private_key: must be 64 hexadecimal characters' })
  private_key!: string;

  @ApiPropertyOptional({ description: 'the words the key grew from; kept, not checked', example: '' })
  @IsOptional()
  @IsString({ message: 'mnemonic: must be a string' })
  @MaxLength(1024, { message: 'mnemonic: must be at most 1024 characters' })
  mnemonic?: string | null;
}
