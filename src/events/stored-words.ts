import type { ClientId } from '../crypto/key-names.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { UserId } from '../identity/user-id.js';

/** The recovery words of a wallet, as one of its owners has them stored. */
export interface WordsOfOwner {
  readonly ownerId: UserId;
  /** UTF-8, for the caller to wipe; `undefined`: the wallet was stored without words. */
  readonly words: SecretBytes | undefined;
}

/** Where an operator asks for stored words, which vault alone can open. */
export class StoredWords {
  #answer: ((clientId: ClientId) => Promise<readonly WordsOfOwner[]>) | undefined;

  /** To be called before the server listens. */
  answerBy(answer: (clientId: ClientId) => Promise<readonly WordsOfOwner[]>): void {
    this.#answer = answer;
  }

  /** Of everybody who has this wallet; nobody may have it. Rejects where nothing can be opened, or recorded. */
  of(clientId: ClientId): Promise<readonly WordsOfOwner[]> {
    if (this.#answer === undefined) throw new Error('nobody answers for stored words');
    return this.#answer(clientId);
  }
}
