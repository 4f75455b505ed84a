import { ApiProperty } from '@nestjs/swagger';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import type { Wallet } from '../domain/wallet.js';

/** The wallet as clients read it (wire.md section 4, POST `/wallet`). The master key is never in it. */
export class WalletAnswer {
  @ApiProperty({ description: 'sha3-256 of the client key, 64 hexadecimal characters' })
  client_id!: string;

  @ApiProperty({ description: "the wallet's public key, 128 hexadecimal characters" })
  client_key!: string;

  @ApiProperty({ description: 'always empty: the wallet itself has no peer' })
  peer_public_key!: string;

  @ApiProperty({ type: [Object], description: 'always empty: the master key never leaves' })
  keys!: [];

  @ApiProperty({ description: '24 words, shown once when the wallet is created; empty in every other answer' })
  mnemonics!: string;

  @ApiProperty({ example: '1.0' })
  version!: string;

  @ApiProperty({ format: 'date-time' })
  date_created!: string;

  @ApiProperty({ example: 0 })
  nonce!: number;

  @ApiProperty({ example: false })
  is_split!: boolean;
}

/** @param mnemonic the words, only in the one answer that may show them; they are wiped */
export function walletAnswer(wallet: Wallet, mnemonic?: SecretBytes): WalletAnswer {
  const words = mnemonic === undefined ? '' : new TextDecoder().decode(mnemonic.expose());
  mnemonic?.wipe();
  return {
    client_id: wallet.clientId,
    client_key: wallet.clientKeyHex,
    peer_public_key: '',
    keys: [],
    mnemonics: words,
    version: '1.0',
    date_created: new Date(wallet.createdAtMilliseconds).toISOString(),
    nonce: 0,
    is_split: false,
  };
}
