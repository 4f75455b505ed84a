import { createHash } from 'node:crypto';

/** The entries that the tests put into trees. */
export const entryOf = (index: number): Buffer => Buffer.from(`entry ${index}`);

const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** The largest power of two smaller than `n`. */
const k = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);

const known = new Map<string, Buffer>();

/** MTH(D[begin:end]) of RFC 6962, 2.1, word for word: slow, and hard to get wrong. */
export function mth(begin: number, end: number): Buffer {
  const name = `${begin}:${end}`;
  const hash = known.get(name) ?? compute(begin, end);
  known.set(name, hash);
  return hash;
}

function compute(begin: number, end: number): Buffer {
  const n = end - begin;
  if (n === 0) return sha256();
  if (n === 1) return sha256(Buffer.from([0]), entryOf(begin));
  return sha256(Buffer.from([1]), mth(begin, begin + k(n)), mth(begin + k(n), end));
}

/** PATH(m, D[begin:end]) of RFC 6962, 2.1.1. */
export function path(m: number, begin: number, end: number): Buffer[] {
  const n = end - begin;
  if (n === 1) return [];
  const middle = begin + k(n);
  if (m < k(n)) return [...path(m, begin, middle), mth(middle, end)];
  return [...path(m - k(n), middle, end), mth(begin, middle)];
}

/** On which side the sibling stands at each step of PATH(m, D[n]). */
export function sides(m: number, n: number): string {
  if (n === 1) return '';
  return m < k(n) ? `${sides(m, k(n))}>` : `${sides(m - k(n), n - k(n))}<`;
}

/** PROOF(m, D[n]) of RFC 6962, 2.1.2, where it is defined, and nothing for the sizes where nothing is to be shown. */
export function proof(m: number, n: number): Buffer[] {
  return m === 0 || m === n ? [] : subproof(m, 0, n, true);
}

function subproof(m: number, begin: number, end: number, b: boolean): Buffer[] {
  const n = end - begin;
  if (m === n) return b ? [] : [mth(begin, end)];
  const middle = begin + k(n);
  if (m <= k(n)) return [...subproof(m, begin, middle, b), mth(middle, end)];
  return [...subproof(m - k(n), middle, end, false), mth(begin, middle)];
}
