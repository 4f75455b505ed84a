import { describe, expect, it } from '@jest/globals';
import type { ClientId } from '../../src/crypto/key-names.js';
import { WalletQuestions } from '../../src/events/wallet-questions.js';
import type { UserId } from '../../src/identity/user-id.js';

const [ALICE, WALLET] = ['alice' as UserId, 'wallet' as ClientId];

describe('what one half asks the other', () => {
  it('is answered by the half that knows it, in what it was asked in', () => {
    const questions = new WalletQuestions<string>();
    questions.answerBy({ isLive: (owner, wallet, within) => [owner, wallet, within].join() === 'alice,wallet,here' });
    questions.answerBy({ frozenAt: () => 7 });
    expect(questions.isLive(ALICE, WALLET, 'here')).toBe(true);
    expect(questions.isLive(ALICE, WALLET, 'there')).toBe(false);
    expect(questions.frozenAt(ALICE, WALLET, 'here')).toBe(7);
  });

  it('is an error when nobody answers: no wallet would be frozen', () => {
    const questions = new WalletQuestions<string>();
    expect(() => questions.frozenAt(ALICE, WALLET, 'here')).toThrow('nobody answers frozenAt');
  });
});
