import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { EXAMPLE_WALLET } from '../../wire/examples.js';

// The three forms of POST /store for the OpenAPI document; `StoreKeyBody` is what validates them.

/** The key, for whoever has it at hand. */
export class PrivateKeyForm {
  @ApiProperty({
    description: 'the secret key, 32 bytes little-endian as 64 hexadecimal characters',
    example: EXAMPLE_WALLET.privateKey,
  })
  private_key!: string;

  @ApiPropertyOptional({ description: 'the words the key grew from; kept, not checked', example: '' })
  mnemonic?: string;

  @ApiPropertyOptional({
    description: 'the public key as you know it, 128 hexadecimal characters; refused unless it is the private key’s',
    example: EXAMPLE_WALLET.clientKey,
  })
  public_key?: string;
}

/** The words alone. */
export class WordsForm {
  @ApiProperty({
    description: '12 to 24 English BIP39 words, lower case, one space between them; `mnemonics` is the same',
    example: EXAMPLE_WALLET.mnemonic,
  })
  mnemonic!: string;
}

class KeyPairForm {
  @ApiProperty({ example: EXAMPLE_WALLET.clientKey })
  public_key!: string;

  @ApiProperty({ example: EXAMPLE_WALLET.privateKey })
  private_key!: string;
}

/** `wallet.json` as 0Chain's command-line tools write it. */
export class WalletFileForm {
  @ApiPropertyOptional({ example: EXAMPLE_WALLET.clientId })
  client_id?: string;

  @ApiPropertyOptional({ example: EXAMPLE_WALLET.clientKey })
  client_key?: string;

  @ApiPropertyOptional({ description: 'empty: a split wallet is refused', example: '' })
  peer_public_key?: string;

  @ApiProperty({ type: [KeyPairForm], description: 'one pair' })
  keys!: KeyPairForm[];

  @ApiPropertyOptional({ description: 'refused unless the key grew from them', example: EXAMPLE_WALLET.mnemonic })
  mnemonics?: string;

  @ApiPropertyOptional({ example: '1.0' })
  version?: string;

  @ApiPropertyOptional({
    description: 'not kept: a wallet’s date is when it was stored',
    example: '2024-01-01T00:00:00Z',
  })
  date_created?: string;

  @ApiPropertyOptional({ example: 0 })
  nonce?: number;

  @ApiPropertyOptional({ description: 'false: a split wallet is refused', example: false })
  is_split?: boolean;
}

const EXAMPLES = {
  'the private key': { value: { private_key: EXAMPLE_WALLET.privateKey } },
  'the words alone': { value: { mnemonic: EXAMPLE_WALLET.mnemonic } },
  'a wallet.json': {
    value: {
      client_id: EXAMPLE_WALLET.clientId,
      client_key: EXAMPLE_WALLET.clientKey,
      keys: [{ public_key: EXAMPLE_WALLET.clientKey, private_key: EXAMPLE_WALLET.privateKey }],
      mnemonics: EXAMPLE_WALLET.mnemonic,
      version: '1.0',
      date_created: '2024-01-01T00:00:00Z',
    },
  },
};

/** How Swagger shows the body. */
export const STORE_FORMS = {
  schema: { oneOf: [PrivateKeyForm, WordsForm, WalletFileForm].map((form) => ({ $ref: getSchemaPath(form) })) },
  examples: EXAMPLES,
};
