import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RecordReaders } from '../../audit/reading/record-readers.js';
import type { KeyOfWallet, RecordReader } from '../../audit/reading/record-readers.js';
import type { ClientId } from '../../crypto/key-names.js';
import type { Statements } from '../../database/statements.js';
import type { UserId } from '../../identity/user-id.js';

/** Ranges of the primary key. Policies stay when their split keys are gone, of which there are entries still. */
const OF_WALLET = `SELECT 1 FROM auth_policies WHERE owner_id = ? AND client_id = ? LIMIT 1`;
const OF_KEY = `SELECT 1 FROM auth_policies WHERE owner_id = ? AND client_id = ? AND user_public_key = ? LIMIT 1`;

/**
 * What ZAuth knows of who may read what of the record: whose a split key is or was, wherever it was made, also when it was
 * deleted with its wallet. Lending is ZVault's.
 */
@Injectable()
export class AuthRecordReader implements RecordReader, OnModuleInit {
  constructor(private readonly readers: RecordReaders) {}

  onModuleInit(): void {
    this.readers.add(this);
  }

  has(userId: UserId, clientId: ClientId, statements: Statements): boolean {
    return statements.first(OF_WALLET, userId, clientId) !== undefined;
  }

  owns(userId: UserId, { clientId, publicKeyHex }: KeyOfWallet, statements: Statements): boolean {
    return statements.first(OF_KEY, userId, clientId, publicKeyHex) !== undefined;
  }

  borrowed(): readonly [] {
    return [];
  }
}
