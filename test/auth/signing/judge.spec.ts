import { describe, expect, it } from '@jest/globals';
import type { Standing } from '../../../src/auth/domain/server-share.js';
import type { Moment } from '../../../src/clock/clock.js';
import { judge } from '../../../src/auth/signing/judge.js';
import { parseTransaction } from '../../../src/chain/parse-transaction.js';
import type { SigningFacts } from '../../../src/restrictions/signing-facts.js';
import { EXAMPLE_TRANSACTION } from '../../../src/wire/examples.js';

const at = (seconds: number, latestSeconds = seconds, isBehind = false): Moment => ({
  seconds,
  latestSeconds,
  isBehind,
});
const NOW_SECONDS = 1_000;
const NOW = at(NOW_SECONDS);
const LIVE: Standing = { restrictions: 'unrestricted', isRevoked: false, expiresAtSeconds: 0 };

const transaction = parseTransaction(JSON.stringify(EXAMPLE_TRANSACTION));
const HASH: SigningFacts = { kind: 'message', messageBytes: 32 };
const RIGHT: SigningFacts = { kind: 'transaction', hash: 'right', transaction };
const WRONG: SigningFacts = { kind: 'transaction', hash: 'wrong', transaction };
const BELIEVED: SigningFacts = { kind: 'transaction', hash: 'believed', transaction };

describe('the judge', () => {
  it.each([
    ['a message', HASH],
    ['a transaction', RIGHT],
    ['a transaction whose hash is wrong', WRONG],
    ['a transaction whose hash is believed', BELIEVED],
  ])('lets nobody sign %s with a split key that is unknown, revoked or expired', (_, facts) => {
    expect(judge(undefined, facts, NOW)).toEqual({ code: 'SPLIT_KEY.UNKNOWN', message: 'unknown split key' });
    const expired = { ...LIVE, expiresAtSeconds: NOW_SECONDS };
    expect(judge({ ...expired, isRevoked: true }, facts, NOW)).toEqual({
      code: 'SPLIT_KEY.REVOKED',
      message: 'the split key has been revoked',
    });
    expect(judge(expired, facts, NOW)).toEqual({
      code: 'SPLIT_KEY.EXPIRED',
      message: 'the split key has expired',
    });
  });

  it('counts the last second as expired, and the one before it not', () => {
    expect(judge({ ...LIVE, expiresAtSeconds: NOW_SECONDS }, HASH, at(NOW_SECONDS - 1))).toBeUndefined();
    expect(judge({ ...LIVE, expiresAtSeconds: NOW_SECONDS }, HASH, NOW)?.code).toBe('SPLIT_KEY.EXPIRED');
  });

  it('lets nobody sign while the clock is behind, nor with what may have expired', () => {
    expect(judge(LIVE, HASH, at(NOW_SECONDS, NOW_SECONDS, true))?.code).toBe('CLOCK.IN_DOUBT');
    expect(judge({ ...LIVE, isRevoked: true }, HASH, at(NOW_SECONDS, NOW_SECONDS, true))?.code).toBe(
      'SPLIT_KEY.REVOKED',
    );
    const late = at(NOW_SECONDS, NOW_SECONDS + 60);
    expect(judge({ ...LIVE, expiresAtSeconds: NOW_SECONDS + 60 }, HASH, late)?.code).toBe('CLOCK.IN_DOUBT');
    expect(judge({ ...LIVE, expiresAtSeconds: NOW_SECONDS + 61 }, HASH, late)).toBeUndefined();
    expect(judge({ ...LIVE, expiresAtSeconds: NOW_SECONDS }, HASH, late)?.code).toBe('SPLIT_KEY.EXPIRED');
    expect(judge(LIVE, HASH, late)).toBeUndefined();
  });

  it.each<Standing['restrictions']>(['unrestricted', [], ['token_transfers']])(
    'refuses a transaction whose hash is another’s first of all, with the list %j',
    (restrictions) => {
      expect(judge({ ...LIVE, restrictions }, WRONG, NOW)).toEqual({
        code: 'TRANSACTION.HASH_MISMATCH',
        message: 'hash: is not the hash of this transaction',
      });
    },
  );

  it.each([
    ['a message', HASH, 'messages-not-allowed'],
    ['a transaction', RIGHT, 'outside-restrictions'],
    ['a transaction whose hash is believed', BELIEVED, 'outside-restrictions'],
  ])('asks the restrictions about %s, and says their reason', (_, facts, reason) => {
    expect(judge(LIVE, facts, NOW)).toBeUndefined();
    expect(judge({ ...LIVE, restrictions: [] }, facts, NOW)).toEqual({
      code: 'SIGNING.NOT_ALLOWED',
      message: `the split key's restrictions do not allow this: ${reason}`,
    });
  });
});
