import { ApiProperty } from '@nestjs/swagger';
import { EXAMPLE_SPLIT_KEY } from '../../http/examples.js';

/** What `parse-sign-message` reads, described for the OpenAPI document. */
export class SignMessageBody {
  @ApiProperty({ description: 'the 32-byte hash to sign, 64 hexadecimal characters', example: EXAMPLE_SPLIT_KEY.hash })
  hash!: string;

  @ApiProperty({ description: "the user's partial signature over it", example: EXAMPLE_SPLIT_KEY.userPartial })
  signature!: string;

  @ApiProperty({ example: EXAMPLE_SPLIT_KEY.clientId })
  client_id!: string;
}
