import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EXAMPLE_TRANSACTION } from '../../wire/examples.js';

/** For the OpenAPI document only: the body is parsed without loss by `src/chain`. */
export class TransactionBody {
  @ApiProperty({
    description: 'the hash of the transaction, recomputed by the server',
    example: EXAMPLE_TRANSACTION.hash,
  })
  hash!: string;

  @ApiPropertyOptional({ nullable: true, example: EXAMPLE_TRANSACTION.version })
  version?: string;

  @ApiProperty({ example: EXAMPLE_TRANSACTION.client_id })
  client_id!: string;

  @ApiPropertyOptional({ nullable: true, example: EXAMPLE_TRANSACTION.public_key })
  public_key?: string;

  @ApiPropertyOptional({ nullable: true, example: EXAMPLE_TRANSACTION.to_client_id })
  to_client_id?: string;

  @ApiPropertyOptional({ nullable: true, description: 'not signed', example: EXAMPLE_TRANSACTION.chain_id })
  chain_id?: string;

  @ApiProperty({ description: 'signed as this very string', example: EXAMPLE_TRANSACTION.transaction_data })
  transaction_data!: string;

  @ApiProperty({
    description: 'uint64, in SAS',
    type: 'integer',
    format: 'int64',
    example: EXAMPLE_TRANSACTION.transaction_value,
  })
  transaction_value!: number;

  @ApiProperty({ description: "the user's partial signature over the hash", example: EXAMPLE_TRANSACTION.signature })
  signature!: string;

  @ApiPropertyOptional({
    nullable: true,
    description: 'seconds since 1970; 0 when absent or null',
    type: 'integer',
    example: EXAMPLE_TRANSACTION.creation_date,
  })
  creation_date?: number;

  @ApiProperty({
    description: '0 transfer, 10 data, 1000 smart contract; not signed',
    type: 'integer',
    example: EXAMPLE_TRANSACTION.transaction_type,
  })
  transaction_type!: number;

  @ApiPropertyOptional({
    nullable: true,
    description: 'uint64, in SAS; 0 when absent or null; not signed',
    type: 'integer',
    example: EXAMPLE_TRANSACTION.transaction_fee,
  })
  transaction_fee?: number;

  @ApiProperty({ type: 'integer', example: EXAMPLE_TRANSACTION.transaction_nonce })
  transaction_nonce!: number;
}
