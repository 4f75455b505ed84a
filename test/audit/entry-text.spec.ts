import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../src/audit/audit-entry.js';
import { entryText, newSalt } from '../../src/audit/entry-text.js';
import type { UserId } from '../../src/identity/user-id.js';

const ENTRY: AuditEntry = {
  actor: { userId: 'zoë "the first"' as UserId, requestId: 'r-1', clientRequestId: 'mine', network: '192.0.2.7' },
  action: 'share-key',
  outcome: 'denied',
  code: 'SPLIT_KEY.UNKNOWN',
  facts: {
    restrictions: { before: null, after: ['token_transfers', 'storage_rewards'] },
    expires_at: { after: 0 },
  },
};
const SALT = /"salt":"([0-9a-f]{32})"/;
const textOf = (entry: AuditEntry): string => entryText(entry, 1_700_000_000_123, 'strict', newSalt());

describe('the text of an entry', () => {
  it('is canonical, says nothing of where the request came from, and leaves out what it does not know', () => {
    expect(textOf(ENTRY).replace(SALT, '"salt":""')).toBe(
      '{"action":"share-key","actor_id":"zoë \\"the first\\"","at_ms":1700000000123,"client_request_id":"mine",' +
        '"code":"SPLIT_KEY.UNKNOWN","facts":{"expires_at":{"after":0},' +
        '"restrictions":{"after":["token_transfers","storage_rewards"],"before":null}},' +
        '"outcome":"denied","request_id":"r-1","salt":"","txn_verification":"strict"}',
    );
  });

  it('is the same whatever the order in which the facts were named', () => {
    const { restrictions, expires_at } = ENTRY.facts ?? {};
    const other = { ...ENTRY, facts: { expires_at, restrictions } } as AuditEntry;
    expect(textOf(other).replace(SALT, '')).toBe(textOf(ENTRY).replace(SALT, ''));
  });

  it('has random bytes, others in each entry', () => {
    const salts = Array.from({ length: 100 }, () => SALT.exec(textOf(ENTRY))?.[1]);
    expect(salts).not.toContain(undefined);
    expect(new Set(salts).size).toBe(100);
  });

  it('is bounded, in bytes', () => {
    const long = (text: string): AuditEntry => ({ ...ENTRY, facts: { recipient: { before: null, after: text } } });
    expect(() => textOf(long('x'.repeat(8 * 1024)))).toThrow('too long');
    expect(() => textOf(long('é'.repeat(4 * 1024)))).toThrow('too long');
    expect(textOf(long('é'.repeat(3 * 1024)))).toContain('é');
  });
});
