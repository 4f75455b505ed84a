import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Statements } from '../../database/statements.js';
import { WalletQuestions } from '../../events/wallet-questions.js';

const IS_LIVE = 'SELECT 1 FROM vault_wallets WHERE owner_id = ? AND client_id = ? AND deletes_at IS NULL';

/** Tells ZAuth which wallets there are. */
@Injectable()
export class LiveWallets implements OnModuleInit {
  constructor(private readonly questions: WalletQuestions<Statements>) {}

  onModuleInit(): void {
    this.questions.answerBy({
      isLive: (ownerId, clientId, statements) => statements.first(IS_LIVE, ownerId, clientId) !== undefined,
    });
  }
}
