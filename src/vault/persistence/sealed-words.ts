import { Inject, Injectable } from '@nestjs/common';
import type { ClientId } from '../../crypto/key-names.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import { statementsOf } from '../../database/open-transaction.js';
import type { Transaction } from '../../database/transaction.js';
import type { WordsOfOwner } from '../../events/stored-words.js';
import type { UserId } from '../../identity/user-id.js';
import { VAULT_SEALER } from '../injection-tokens.js';

// Of all owners, so no index leads to them: it reads that of owners through, which an operator may do now and then.
const FIND = `SELECT id, owner_id AS ownerId, sealed_mnemonic AS sealed FROM vault_wallets WHERE client_id = ? ORDER BY owner_id`;

/** The stored recovery words of wallets, whosever they are, live or deleted: for the operator alone. */
@Injectable()
export class SealedWords {
  constructor(@Inject(VAULT_SEALER) private readonly sealer: Sealer) {}

  /** Opens them, for the caller to wipe. Throws when the service is sealed or a row was tampered with. */
  open(clientId: ClientId, transaction: Transaction): readonly WordsOfOwner[] {
    const rows = statementsOf(transaction).all<{ id: string; ownerId: UserId; sealed: Buffer | null }>(FIND, clientId);
    const opened: WordsOfOwner[] = [];
    try {
      for (const { id, ownerId, sealed } of rows) {
        const of = { wallet: id, owner: ownerId, recipient: '' };
        const place = { table: 'vault_wallets', row: id, column: 'sealed_mnemonic', version: 1, ...of };
        opened.push({ ownerId, words: sealed === null ? undefined : this.sealer.open(sealed, place) });
      }
      return opened;
    } catch (error) {
      for (const { words } of opened) words?.wipe();
      throw error;
    }
  }
}
