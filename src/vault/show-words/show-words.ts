import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SystemAction } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { ClientId } from '../../crypto/key-names.js';
import { StoredWords } from '../../events/stored-words.js';
import type { WordsOfOwner } from '../../events/stored-words.js';
import { SealedWords } from '../persistence/sealed-words.js';

/** Shows the stored recovery words of a wallet to the operator, with an entry for each owner whose words they are. */
@Injectable()
export class ShowWords implements OnModuleInit {
  static readonly action = 'show-words' satisfies SystemAction;

  constructor(
    private readonly stored: StoredWords,
    private readonly recorded: RecordedWork,
    private readonly words: SealedWords,
  ) {}

  onModuleInit(): void {
    this.stored.answerBy((clientId) => this.execute(clientId));
  }

  /** The words are the caller's to wipe. Rejects, with all of them wiped, when that cannot be recorded. */
  async execute(clientId: ClientId): Promise<readonly WordsOfOwner[]> {
    let opened: readonly WordsOfOwner[] = [];
    try {
      await this.recorded.ofItself(ShowWords.action, (transaction) => {
        opened = this.words.open(clientId, transaction);
        const shown = opened.filter(({ words }) => words !== undefined);
        return Promise.resolve(shown.map(({ ownerId }) => ({ clientId, facts: { owner: ownerId } })));
      });
      return opened;
    } catch (error) {
      for (const { words } of opened) words?.wipe();
      throw error;
    }
  }
}
