import type { ClientId } from '../crypto/key-names.js';
import type { UserId } from '../identity/user-id.js';

/**
 * What one half knows of a wallet and the other must know, but not keep: a copy could say something else than what decides.
 * A client id alone names nobody's: two users may have stored the same key.
 *
 * @typeParam Within what is asked in, a transaction or a read of committed rows, as the engine has it
 */
export interface WalletAnswers<Within> {
  /** ZVault's: whether somebody has this wallet, and has not deleted it. */
  isLive(ownerId: UserId, clientId: ClientId, within: Within): boolean;
  /** ZAuth's: since when the wallet is frozen, in seconds since 1970; `undefined` when it is not. */
  frozenAt(ownerId: UserId, clientId: ClientId, within: Within): number | undefined;
}

/** Where the halves ask each other. As of an event, a question that nobody answers is an error. */
export class WalletQuestions<Within> implements WalletAnswers<Within> {
  #answers: Partial<WalletAnswers<Within>> = {};

  /** To be called before the server listens, by each half with what it knows. */
  answerBy(answers: Partial<WalletAnswers<Within>>): void {
    this.#answers = { ...this.#answers, ...answers };
  }

  isLive(ownerId: UserId, clientId: ClientId, within: Within): boolean {
    return this.#answerTo('isLive')(ownerId, clientId, within);
  }

  frozenAt(ownerId: UserId, clientId: ClientId, within: Within): number | undefined {
    return this.#answerTo('frozenAt')(ownerId, clientId, within);
  }

  #answerTo<Question extends keyof WalletAnswers<Within>>(question: Question): WalletAnswers<Within>[Question] {
    const answer = this.#answers[question];
    if (answer === undefined) throw new Error(`nobody answers ${question}`);
    return answer;
  }
}
