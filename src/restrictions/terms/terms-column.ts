import { parsePolicy } from '../policy/parse-policy.js';
import { policyToJson } from '../policy/policy-json.js';
import type { Policy } from '../policy/policy.js';
import type { StoredPolicy, Terms } from './terms.js';

/**
 * How both halves of a split key keep its terms: `{"policy":{…},"revoked":true}`, without `revoked` when it is not. The
 * database reads `$.revoked` and `$.policy.expires_at` of it for columns of its own, by which rows are found and counted.
 */
export function termsToColumn({ policy, isRevoked }: Terms<Policy>): string {
  return JSON.stringify({ policy: policyToJson(policy), ...(isRevoked ? { revoked: true } : {}) });
}

/** A policy alone, as its revisions are kept. */
export function policyToColumn(policy: Policy): string {
  return JSON.stringify(policyToJson(policy));
}

/** The inverse of {@link policyToColumn}; `unreadable` for whatever it does not write. Never throws. */
export function policyFromColumn(column: string): StoredPolicy {
  return readPolicy(parseJson(column));
}

/**
 * The inverse of {@link termsToColumn}. What no release writes, and what a newer one may, is `unreadable`, and then
 * nothing is allowed: a bad row fails alone. Never throws.
 *
 * The same text gives the same object while it is remembered: a policy is dear to read, and signing asks for it twice.
 */
export function termsFromColumn(column: string): Terms {
  const known = remembered.get(column);
  if (known !== undefined) return known;
  const terms = readTerms(column);
  remember(column, terms);
  return terms;
}

function readTerms(column: string): Terms {
  const value = parseJson(column);
  const stored = typeof value === 'object' && value !== null ? (value as { policy?: unknown; revoked?: unknown }) : {};
  return { policy: readPolicy(stored.policy), isRevoked: stored.revoked === true };
}

function readPolicy(value: unknown): StoredPolicy {
  try {
    return parsePolicy(value);
  } catch {
    return 'unreadable';
  }
}

function parseJson(column: string): unknown {
  try {
    return JSON.parse(column);
  } catch {
    return undefined;
  }
}

/** Characters of the texts that are remembered, and so, roughly, a bound for what was made of them. */
const MOST_REMEMBERED = 4 * 1024 * 1024;

const remembered = new Map<string, Terms>();
let charactersRemembered = 0;

/** What was remembered first goes first. */
function remember(column: string, terms: Terms): void {
  remembered.set(column, terms);
  charactersRemembered += column.length;
  for (const oldest of remembered.keys()) {
    if (charactersRemembered <= MOST_REMEMBERED) return;
    remembered.delete(oldest);
    charactersRemembered -= oldest.length;
  }
}
