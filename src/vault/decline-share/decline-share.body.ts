import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString } from 'class-validator';
import { EXAMPLE_SPLIT_KEY } from '../../wire/examples.js';

export class DeclineShareBody {
  @ApiProperty({ description: 'of the split key, 64 hexadecimal characters', example: EXAMPLE_SPLIT_KEY.clientId })
  @IsString({ message: 'client_id: must be 64 hexadecimal characters' })
  client_id!: string;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description: 'true: everything of its owner’s, also what they will ever share; absent or false: this split key',
    example: false,
  })
  @IsOptional()
  @IsBoolean({ message: 'all_of_owner: must be true or false' })
  all_of_owner?: boolean | null;
}
