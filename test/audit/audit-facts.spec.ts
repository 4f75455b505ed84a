import { describe, expect, it } from '@jest/globals';
import { factsToColumn } from '../../src/audit/audit-facts.js';

describe('the facts of an entry', () => {
  it('are canonical: the same facts are the same text, whatever the order in which they were named', () => {
    const one = factsToColumn({
      restrictions: { before: null, after: ['token_transfers', 'storage_rewards'] },
      expires_at: { after: 0 },
    });
    expect(one).toBe(
      '{"expires_at":{"after":0},"restrictions":{"after":["token_transfers","storage_rewards"],"before":null}}',
    );
    const other = { before: null, after: ['token_transfers', 'storage_rewards'] };
    expect(factsToColumn({ expires_at: { after: 0 }, restrictions: other })).toBe(one);
  });

  it('are bounded', () => {
    expect(() => factsToColumn({ recipient: { before: null, after: 'x'.repeat(8 * 1024) } })).toThrow('too long');
  });
});
