import { hash } from 'node:crypto';
import type { Facts } from '../facts/facts.js';
import type { OperationSet } from '../policy/operation-set.js';

/** The words of `of`; the first is what its absence means. */
export const COUNTED_KINDS = ['transactions', 'messages', 'all'] as const;

export type CountedKinds = (typeof COUNTED_KINDS)[number];

/**
 * What a limit counts, whatever its window and its maxima. Limits of one scope share their sums, also those of a later
 * policy: a changed window needs nothing counted anew.
 */
export interface CountScope {
  readonly of: CountedKinds;
  /** Only transactions that are, or could become, one of these. Absent: whatever `of` says. */
  readonly operations?: OperationSet;
  /** The same for scopes that count the same, however their operations were named; at most 77 characters. */
  readonly key: string;
}

export function countScope(of: CountedKinds, operations?: OperationSet): CountScope {
  if (operations === undefined) return { of, key: of };
  return { of, operations, key: `${of}/${hash('sha256', [...operations.covers].sort().join(' '), 'hex')}` };
}

/**
 * Whether it counts this. The type of a transaction is not signed, so a scope of some operations counts whatever the
 * same hash could be submitted as: what is no certain operation counts in every scope, and what carries no value and
 * goes to no contract is a transfer as well as data.
 */
export function counts({ of, operations }: CountScope, facts: Facts): boolean {
  if (facts.kind === 'message') return of !== 'transactions';
  if (of === 'messages') return false;
  if (operations === undefined || facts.hashIs === 'believed' || 'none' in facts.operation) return true;
  const { covers } = operations;
  const { name } = facts.operation;
  if (covers.has(name)) return true;
  const isEither = (name === 'transfer' || name === 'data') && facts.valueSas === 0n;
  return isEither && (covers.has('transfer') || covers.has('data'));
}
