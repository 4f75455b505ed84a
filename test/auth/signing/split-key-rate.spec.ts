import { expect, it } from '@jest/globals';
import type { SigningShare } from '../../../src/auth/domain/server-share.js';
import { SplitKeyRate } from '../../../src/auth/signing/split-key-rate.js';
import type { SigningRequest } from '../../../src/auth/signing/signing-request.js';
import { Metrics } from '../../../src/metrics/metrics.js';
import { RateLimiter } from '../../../src/rate-limits/rate-limiter.js';

it('the limit of a split key refuses the same request as often as it is sent, and lets through what it has let through', () => {
  const rates = {
    ratePerAddress: 0,
    ratePerUser: 0,
    ratePerSplitKey: 1,
    rateRefusalsPerSplitKey: 0,
    rateBurstSeconds: 1,
  };
  const rate = new SplitKeyRate(new RateLimiter(rates, new Metrics()));
  const [share, request] = [{ id: 'a' } as SigningShare, { actor: { userId: undefined } } as SigningRequest];
  const charge = (number: number): void => {
    rate.charge(share, request, new Uint8Array(32).fill(number));
  };
  charge(1);
  for (let time = 0; time < 3; time++) {
    expect(() => {
      charge(2);
    }).toThrow('too many requests');
    charge(1);
  }
});
