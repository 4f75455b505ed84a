import { describe, expect, it } from '@jest/globals';
import type { SigningShare, Standing } from '../../../src/auth/domain/server-share.js';
import { judge, judgeEarly } from '../../../src/auth/signing/judge.js';
import type { Refusal } from '../../../src/auth/signing/refusal.js';
import type { SigningMoment } from '../../../src/auth/signing/signing-time.js';
import { parseTransaction } from '../../../src/chain/parse-transaction.js';
import { momentBetween } from '../../../src/clock/clock.js';
import type { ClientId, PublicKeyHex } from '../../../src/crypto/key-names.js';
import { believedFacts, messageFacts, transactionFacts, WRONG_HASH } from '../../../src/restrictions/facts/facts.js';
import type { RequestFacts } from '../../../src/restrictions/facts/facts.js';
import type { UserId } from '../../../src/identity/user-id.js';
import { policyOfList } from '../../../src/restrictions/policy/policy-and-list.js';
import { EXAMPLE_TRANSACTION } from '../../../src/wire/examples.js';
import { NEVER } from '../../restrictions/evaluation/signed-before.js';

const at = (seconds: number, latestSeconds = seconds, isBehind = false): SigningMoment => ({
  ...momentBetween(seconds * 1000, latestSeconds * 1000, isBehind),
  creationSkewSeconds: 0,
});
const NOW_SECONDS = 1_000;
const NOW = at(NOW_SECONDS);
const LIVE: Standing = { policy: {}, isRevoked: false, isFrozen: false, isAltered: false, revision: 1 };

const transaction = parseTransaction(JSON.stringify(EXAMPLE_TRANSACTION));
const HASH = messageFacts('ab'.repeat(32), 'not-shown');

const refusalOf = (standing: Standing | undefined, facts: RequestFacts, moment: SigningMoment): Refusal | undefined =>
  judge(standing, facts, moment, NEVER).refusal;

describe('the judge', () => {
  it.each([
    ['a message', HASH],
    ['a transaction', transactionFacts(transaction)],
    ['a transaction whose hash is wrong', WRONG_HASH],
    ['a transaction whose hash is believed', believedFacts(transaction)],
  ])('lets nobody sign %s with a split key that is unknown, revoked or expired', (_, facts) => {
    expect(refusalOf(undefined, facts, NOW)).toEqual({ code: 'SPLIT_KEY.UNKNOWN', message: 'unknown split key' });
    const expired = { ...LIVE, policy: { expiresAtSeconds: NOW_SECONDS } };
    expect(refusalOf({ ...expired, isRevoked: true }, facts, NOW)).toEqual({
      code: 'SPLIT_KEY.REVOKED',
      message: 'the split key has been revoked',
    });
    expect(refusalOf(expired, facts, NOW)).toEqual({
      code: 'SPLIT_KEY.EXPIRED',
      message: 'the split key has expired',
    });
  });

  it.each<[string, Partial<Standing>, RequestFacts, SigningMoment, string]>([
    ['before anything that is asked for', {}, WRONG_HASH, NOW, 'SPLIT_KEY.FROZEN'],
    ['before a policy that cannot be read', { policy: 'unreadable' }, HASH, NOW, 'SPLIT_KEY.FROZEN'],
    ['before the end', { policy: { expiresAtSeconds: NOW_SECONDS } }, HASH, NOW, 'SPLIT_KEY.FROZEN'],
    ['whatever the clock says', {}, HASH, at(NOW_SECONDS, NOW_SECONDS, true), 'SPLIT_KEY.FROZEN'],
    ['but not before a revocation, which is for good', { isRevoked: true }, HASH, NOW, 'SPLIT_KEY.REVOKED'],
  ])('says that a wallet is frozen %s', (_, more, facts, moment, code) => {
    expect(refusalOf({ ...LIVE, ...more, isFrozen: true }, facts, moment)?.code).toBe(code);
    expect(refusalOf({ ...LIVE, ...more }, facts, moment)?.code).not.toBe('SPLIT_KEY.FROZEN');
  });

  it('counts the last second as expired, and the one before it not', () => {
    expect(
      refusalOf({ ...LIVE, policy: { expiresAtSeconds: NOW_SECONDS } }, HASH, at(NOW_SECONDS - 1)),
    ).toBeUndefined();
    expect(refusalOf({ ...LIVE, policy: { expiresAtSeconds: NOW_SECONDS } }, HASH, NOW)?.code).toBe(
      'SPLIT_KEY.EXPIRED',
    );
  });

  it('lets nobody sign while the clock is behind, nor with what may have expired', () => {
    expect(refusalOf(LIVE, HASH, at(NOW_SECONDS, NOW_SECONDS, true))?.code).toBe('CLOCK.IN_DOUBT');
    expect(refusalOf({ ...LIVE, isRevoked: true }, HASH, at(NOW_SECONDS, NOW_SECONDS, true))?.code).toBe(
      'SPLIT_KEY.REVOKED',
    );
    const late = at(NOW_SECONDS, NOW_SECONDS + 60);
    expect(refusalOf({ ...LIVE, policy: { expiresAtSeconds: NOW_SECONDS + 60 } }, HASH, late)?.code).toBe(
      'CLOCK.IN_DOUBT',
    );
    expect(refusalOf({ ...LIVE, policy: { expiresAtSeconds: NOW_SECONDS + 61 } }, HASH, late)).toBeUndefined();
    expect(refusalOf({ ...LIVE, policy: { expiresAtSeconds: NOW_SECONDS } }, HASH, late)?.code).toBe(
      'SPLIT_KEY.EXPIRED',
    );
    expect(refusalOf(LIVE, HASH, late)).toBeUndefined();
  });

  it.each<Standing['policy']>([{}, policyOfList([]), policyOfList(['token_transfers']), 'unreadable'])(
    'refuses a transaction whose hash is another’s before it asks the policy, which is %j',
    (policy) => {
      expect(refusalOf({ ...LIVE, policy }, WRONG_HASH, NOW)).toEqual({
        code: 'TRANSACTION.HASH_MISMATCH',
        message: 'hash: is not the hash of this transaction',
      });
    },
  );

  it('signs nothing whose restrictions cannot be read', () => {
    expect(refusalOf({ ...LIVE, policy: 'unreadable' }, HASH, NOW)).toEqual({
      code: 'SIGNING.FAILED',
      message: 'what the split key may sign cannot be read; nothing was signed',
    });
  });

  it.each<[string, RequestFacts, string, string, string]>([
    [
      'a message',
      HASH,
      'messages',
      'messages-not-allowed',
      'the key signs no messages of 32 bytes, which may be the hash of any transaction',
    ],
    [
      'a transaction',
      transactionFacts(transaction),
      'operations',
      'outside-restrictions',
      'transfer is not among what the key may do (nothing)',
    ],
    [
      'a transaction whose hash is believed',
      believedFacts(transaction),
      'operations',
      'outside-restrictions',
      'what the data names is not among what the key may do (nothing)',
    ],
  ])('asks the restrictions about %s, and says which rule, its reason and both sides of it', (_, ...said) => {
    const [facts, rule, reason, sentence] = said;
    expect(refusalOf(LIVE, facts, NOW)).toBeUndefined();
    expect(refusalOf({ ...LIVE, policy: policyOfList([]) }, facts, NOW)).toEqual({
      code: 'SIGNING.NOT_ALLOWED',
      message: `the split key's restrictions do not allow this: ${reason}: ${sentence}`,
      rule: { rule, reason, retryAfterSeconds: undefined },
    });
  });
});

describe('the early judge', () => {
  const FOUND: SigningShare = {
    ...LIVE,
    id: 'share',
    ownerId: 'owner' as UserId,
    clientId: 'client' as ClientId,
    clientKeyHex: 'client key' as PublicKeyHex,
    userPublicKeyHex: 'user key' as PublicKeyHex,
    sealed: new Uint8Array(60),
  };

  it('says what the judge says', () => {
    expect(judgeEarly(FOUND, HASH, NOW)).toBeUndefined();
    expect(judgeEarly({ ...FOUND, isRevoked: true }, HASH, NOW)?.code).toBe('SPLIT_KEY.REVOKED');
    expect(judgeEarly({ ...FOUND, policy: policyOfList([]) }, HASH, NOW)?.code).toBe('SIGNING.NOT_ALLOWED');
  });

  it('takes a share that was overwritten for expired, though the clock now says otherwise', () => {
    const erased = { ...FOUND, sealed: new Uint8Array(0) };
    expect(judgeEarly({ ...erased, policy: { expiresAtSeconds: NOW_SECONDS + 1 } }, HASH, NOW)?.code).toBe(
      'SPLIT_KEY.EXPIRED',
    );
    expect(judgeEarly(erased, HASH, NOW)).toBeUndefined();
    expect(judgeEarly({ ...FOUND, policy: { expiresAtSeconds: NOW_SECONDS + 1 } }, HASH, NOW)).toBeUndefined();
  });
});
