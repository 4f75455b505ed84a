import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Loan } from '../../audit/reading/loan.js';
import { RecordReaders } from '../../audit/reading/record-readers.js';
import type { KeyOfWallet, RecordReader } from '../../audit/reading/record-readers.js';
import type { ClientId } from '../../crypto/key-names.js';
import type { Statements } from '../../database/statements.js';
import type { UserId } from '../../identity/user-id.js';

/** Live or not: whose wallet was deleted has most to read. */
const WALLET = 'SELECT 1 FROM vault_wallets WHERE owner_id = ? AND client_id = ?';

const SPLIT_KEY = 'SELECT 1 FROM vault_split_keys WHERE owner_id = ? AND client_id = ? AND user_public_key = ?';

const BORROWED = `SELECT owner_id AS ownerId, user_public_key AS publicKeyHex FROM vault_split_keys
  WHERE shared_to = ? AND client_id = ? AND shared_to IS NOT NULL AND declined_at = 0`;

/** What ZVault knows of who may read what of the record. */
@Injectable()
export class VaultRecordReader implements RecordReader, OnModuleInit {
  constructor(private readonly readers: RecordReaders) {}

  onModuleInit(): void {
    this.readers.add(this);
  }

  has(userId: UserId, clientId: ClientId, statements: Statements): boolean {
    return statements.first(WALLET, userId, clientId) !== undefined;
  }

  owns(userId: UserId, { clientId, publicKeyHex }: KeyOfWallet, statements: Statements): boolean {
    return statements.first(SPLIT_KEY, userId, clientId, publicKeyHex) !== undefined;
  }

  /** Revoked ones too: that they are is the first thing that their borrowers want to know. */
  borrowed(userId: UserId, clientId: ClientId, statements: Statements): readonly Loan[] {
    return statements.all<Loan>(BORROWED, userId, clientId);
  }
}
