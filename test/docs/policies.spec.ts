import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../src/restrictions/policy/parse-policy.js';
import { policyToJson } from '../../src/restrictions/policy/policy-json.js';
import { readDocument } from './documents.js';

const DOCUMENT = readDocument('docs/policies.md');

const EXAMPLES = [...DOCUMENT.matchAll(/^```json policy\n([^]*?)^```$/gm)].map(([, text = '']) => text);

/** The names in the first column of the table of every member. */
const [, AFTER_HEADING = ''] = DOCUMENT.split('## Every member');
const [TABLE = ''] = AFTER_HEADING.split('A limit is');
const MEMBERS = [...TABLE.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name),
);

const WHOLE = {
  operations: ['transfer'],
  recipients: ['ab'.repeat(32)],
  max_value: '1',
  limits: [{ kind: 'total', max_count: 1 }],
  not_before: 1,
  expires_at: 2,
  hours: [{ days: ['mon'], from: '00:00', to: '24:00', time_zone: 'UTC' }],
  creation_window_seconds: 1,
  messages: 'none',
};

describe('docs/policies.md', () => {
  it('teaches by a handful of examples', () => {
    expect(EXAMPLES.length).toBeGreaterThanOrEqual(6);
  });

  it.each(EXAMPLES)('has an example that is a policy: %s', (text) => {
    const written: unknown = JSON.parse(text);
    expect(policyToJson(parsePolicy(written))).toEqual(written);
  });

  it('names every member that a policy has, and no other', () => {
    expect(Object.keys(policyToJson(parsePolicy(WHOLE))).sort()).toEqual([...MEMBERS].sort());
    expect(() => parsePolicy({ another: 1 })).toThrow();
  });
});
