import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { EXAMPLE_SPLIT_KEY } from '../../http/examples.js';

export class SignMessageBody {
  @ApiProperty({ description: 'the 32-byte hash to sign, 64 hexadecimal characters', example: EXAMPLE_SPLIT_KEY.hash })
  @IsString({ message: 'hash: must be 64 hexadecimal characters' })
  hash!: string;

  @ApiProperty({ description: "the user's partial signature over it", example: EXAMPLE_SPLIT_KEY.userPartial })
  @IsString({ message: 'signature: must be 64 hexadecimal characters' })
  signature!: string;

  @ApiProperty({ example: EXAMPLE_SPLIT_KEY.clientId })
  @IsString({ message: 'client_id: must be 64 hexadecimal characters' })
  client_id!: string;
}
