import { COUNTED_KINDS, countScope } from '../limits/count-scope.js';
import type { CountScope } from '../limits/count-scope.js';
import { parseCountedOperations } from './parse-operations.js';
import type { Limit, LimitWindow } from './policy.js';
import { present, readInteger, readList, readObject, readSas, readWord, refuse, required } from './policy-fields.js';
import type { Field } from './policy-fields.js';
import { LATEST_SECONDS, MAX_WINDOW_SECONDS } from './policy-bounds.js';

const MAX_LIMITS = 8;

type Reader = (name: (typeof MEMBERS)[number]) => Field | undefined;

const MEMBERS = [
  'kind',
  'max_value',
  'max_count',
  'of',
  'operations',
  'window_seconds',
  'period_seconds',
  'anchor',
] as const;

/** The members of a window by its kind. */
const WINDOW_MEMBERS = {
  rolling: ['window_seconds'],
  period: ['period_seconds', 'anchor'],
  total: [],
} as const;

/** `policy.limits`. @throws MalformedPolicyError */
export function parseLimits(field: Field): readonly Limit[] {
  return readList(field, 1, MAX_LIMITS, 'limits').map(parseLimit);
}

function parseLimit(field: Field): Limit {
  const read = readObject(field, MEMBERS);
  const window = parseWindow(field, read);
  const scope = parseScope(read);
  const maxValue = read('max_value');
  const maxCount = read('max_count');
  if (maxValue === undefined && maxCount === undefined) refuse(field, 'needs max_value or max_count');
  if (maxValue !== undefined && scope.of === 'messages') refuse(maxValue, 'has no meaning: messages move no value');
  return {
    window,
    scope,
    ...present('maxValueSas', maxValue && readSas(maxValue)),
    ...present('maxCount', maxCount && readInteger(maxCount, 1, Number.MAX_SAFE_INTEGER)),
  };
}

function parseWindow(field: Field, read: Reader): LimitWindow {
  const kind = readWord(required(read, field, 'kind'), ['rolling', 'period', 'total'] as const);
  const own: readonly string[] = WINDOW_MEMBERS[kind];
  for (const name of ['window_seconds', 'period_seconds', 'anchor'] as const) {
    const other = read(name);
    if (other !== undefined && !own.includes(name)) refuse(other, `is no member of a limit of the kind "${kind}"`);
  }
  const seconds = (name: 'window_seconds' | 'period_seconds'): number =>
    readInteger(required(read, field, name), 1, MAX_WINDOW_SECONDS);
  switch (kind) {
    case 'rolling':
      return { kind, windowSeconds: seconds('window_seconds') };
    case 'period':
      return {
        kind,
        periodSeconds: seconds('period_seconds'),
        anchorSeconds: readInteger(required(read, field, 'anchor'), 0, LATEST_SECONDS),
      };
    case 'total':
      return { kind };
  }
}

function parseScope(read: Reader): CountScope {
  const ofField = read('of');
  const operations = read('operations');
  const of = ofField === undefined ? COUNTED_KINDS[0] : readWord(ofField, COUNTED_KINDS);
  if (operations === undefined) return countScope(of);
  if (of !== 'transactions') refuse(operations, 'are of transactions alone; messages have none');
  return countScope(of, parseCountedOperations(operations));
}
