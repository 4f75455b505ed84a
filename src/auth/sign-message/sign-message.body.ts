import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MAX_MESSAGE_BYTES } from '../../crypto/bls0chain/bls-engine.js';
import { EXAMPLE_SPLIT_KEY } from '../../wire/examples.js';

/** What `readMessage` reads, described for the OpenAPI document. */
export class SignMessageBody {
  @ApiProperty({
    description:
      'what to sign: a hash of 32 bytes, or any other whole number of bytes from 1 to 1,024, two hexadecimal ' +
      'characters each',
    minLength: 2,
    maxLength: 2 * MAX_MESSAGE_BYTES,
    pattern: '^([0-9a-fA-F]{2})+$',
    example: EXAMPLE_SPLIT_KEY.hash,
  })
  hash!: string;

  @ApiPropertyOptional({
    nullable: true,
    description:
      'the text that `hash` is the SHA3-256 of, up to 8,192 bytes in UTF-8. Only split keys that may sign typed ' +
      'messages alone ask for it; they sign no text that reads as a transaction',
    example: EXAMPLE_SPLIT_KEY.text,
  })
  message?: string;

  @ApiProperty({ description: "the user's partial signature over it", example: EXAMPLE_SPLIT_KEY.userPartial })
  signature!: string;

  @ApiProperty({ example: EXAMPLE_SPLIT_KEY.clientId })
  client_id!: string;
}
