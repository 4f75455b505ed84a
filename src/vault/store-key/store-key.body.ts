import { Allow, IsBoolean, IsInt, IsOptional, IsString, MaxLength } from 'class-validator';

const MOST_CHARACTERS_OF_WORDS = 1024;

/**
 * Everything that the three forms of POST `/store` may have (wire.md section 4); `store-forms.body.ts` shows them apart.
 * What belongs together is judged by `readKeyToStore`.
 */
export class StoreKeyBody {
  @IsOptional()
  @IsString({ message: 'private_key: must be 64 hexadecimal characters' })
  private_key?: string | null;

  @IsOptional()
  @IsString({ message: 'mnemonic: must be a string' })
  @MaxLength(MOST_CHARACTERS_OF_WORDS, { message: 'mnemonic: must be at most 1024 characters' })
  mnemonic?: string | null;

  @IsOptional()
  @IsString({ message: 'mnemonics: must be a string' })
  @MaxLength(MOST_CHARACTERS_OF_WORDS, { message: 'mnemonics: must be at most 1024 characters' })
  mnemonics?: string | null;

  @IsOptional()
  @IsString({ message: 'public_key: must be 128 hexadecimal characters' })
  public_key?: string | null;

  @IsOptional()
  @IsString({ message: 'client_key: must be 128 hexadecimal characters' })
  client_key?: string | null;

  @IsOptional()
  @IsString({ message: 'client_id: must be 64 hexadecimal characters' })
  client_id?: string | null;

  /** Read by `readKeyPair`: class-validator makes no instances of what is nested (ADR 10). */
  @Allow()
  keys?: unknown;

  @IsOptional()
  @IsBoolean({ message: 'is_split: must be true or false' })
  is_split?: boolean | null;

  @IsOptional()
  @IsString({ message: 'peer_public_key: must be a string' })
  peer_public_key?: string | null;

  // What a wallet file says of itself; of no use here.
  @IsOptional()
  @IsString({ message: 'version: must be a string' })
  version?: string | null;

  @IsOptional()
  @IsString({ message: 'date_created: must be a string' })
  date_created?: string | null;

  @IsOptional()
  @IsInt({ message: 'nonce: must be a whole number' })
  nonce?: number | null;
}
