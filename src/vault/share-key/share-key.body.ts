import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString } from 'class-validator';
import { PASTE_USER_PUBLIC_KEY } from '../../wire/examples.js';

export class ShareKeyBody {
  @ApiProperty({
    description: "the split key's user public key, 128 hexadecimal characters",
    example: PASTE_USER_PUBLIC_KEY,
  })
  @IsString({ message: 'public_key: must be 128 hexadecimal characters' })
  public_key!: string;

  @ApiProperty({ description: "the recipient's user id, as in their token", example: 'bob' })
  @IsString({ message: 'target_user_id: must be a user id' })
  target_user_id!: string;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description:
      'true: the recipient is replaced if there is another, who may have kept the user share; absent or false: that is ' +
      'refused. In the SDK dialect always as if true',
    example: false,
  })
  @IsOptional()
  @IsBoolean({ message: 'replace: must be true or false' })
  replace?: boolean | null;
}
