import { Injectable } from '@nestjs/common';
import { DomainError } from '../../errors/domain-error.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import type { ServerShare } from '../domain/server-share.js';
import { countedShare, CountsBehind, scopesOf } from '../persistence/counts/count-by.js';
import { CountSlices } from '../persistence/counts/count-slices.js';

/** Who signs faster than it is counted, with each of a few attempts, has to wait. */
const MOST_ATTEMPTS = 5;

/** New limits look at what was signed before them, which can be much: it is counted outside the write, in slices. */
@Injectable()
export class CountFirst {
  constructor(private readonly slices: CountSlices) {}

  /**
   * Runs `write`, in which the policy comes into force, once what its limits count has been counted; again when more was
   * signed meanwhile than a write can catch up with. Throws what it throws, and `WRITES.OVERLOADED` when that goes on.
   */
  async beforeWriting<T>(share: ServerShare, policy: Policy, write: () => Promise<T>): Promise<T> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      await this.slices.prepare(countedShare(share), scopesOf(policy), share.ownerId);
      try {
        return await write();
      } catch (error) {
        if (!(error instanceof CountsBehind)) throw error;
      }
    }
    throw new DomainError('WRITES.OVERLOADED', 'more is signed with the split key than can be counted; try again');
  }
}
