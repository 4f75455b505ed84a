import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { PASTE_USER_PUBLIC_KEY } from '../../wire/examples.js';

export class RevokeKeyBody {
  @ApiProperty({
    description: "the split key's user public key, 128 hexadecimal characters",
    example: PASTE_USER_PUBLIC_KEY,
  })
  @IsString({ message: 'public_key: must be 128 hexadecimal characters' })
  public_key!: string;
}
