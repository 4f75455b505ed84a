import { hash } from 'node:crypto';
import { DAYS } from './policy.js';
import type { Limit, LimitWindow, Policy, WeeklyHours } from './policy.js';
import { present } from './policy-fields.js';

/** A JSON value as a policy has them: there is no fraction in it, and no null. */
export type PolicyJson = string | number | readonly PolicyJson[] | PolicyJsonObject;

export interface PolicyJsonObject {
  readonly [name: string]: PolicyJson;
}

/**
 * The policy as JSON: `parsePolicy` reads it back. In the order in which it was written, without what was said twice,
 * and without times that are 0, which mean the same as none.
 */
export function policyToJson(policy: Policy): PolicyJsonObject {
  return {
    ...present('operations', policy.operations?.names),
    ...present('recipients', policy.recipients && [...policy.recipients]),
    ...present('max_value', policy.maxValueSas?.toString()),
    ...present('limits', policy.limits?.map(limitToJson)),
    ...present('not_before', unlessZero(policy.notBeforeSeconds)),
    ...present('expires_at', unlessZero(policy.expiresAtSeconds)),
    ...present('hours', policy.hours?.map(hoursToJson)),
    ...present('creation_window_seconds', policy.creationWindowSeconds),
    ...present('messages', policy.messages),
  };
}

/**
 * The one text of a policy, by RFC 8785 (JSON Canonicalization Scheme) over its sets in order. Every list in a policy is
 * a set. Policies whose text is the same mean the same; the reverse does not hold, since a group is not taken apart.
 */
export function canonicalPolicy(policy: Policy): string {
  return canonical(policyToJson(policy));
}

/** Each signature's entry names the policy by it, and the same policies sign again and again. */
const hashes = new WeakMap<Policy, string>();

/** SHA-256 of the canonical text, 64 lower-case hex digits. The same object is hashed once. */
export function policyHash(policy: Policy): string {
  let digest = hashes.get(policy);
  if (digest === undefined) {
    digest = hash('sha256', canonicalPolicy(policy), 'hex');
    hashes.set(policy, digest);
  }
  return digest;
}

/** Of RFC 8785 only what a policy needs: names and texts in ASCII, whole numbers. Lists sorted, once each. */
function canonical(value: PolicyJson): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${[...new Set(value.map(canonical))].sort().join(',')}]`;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

function unlessZero(seconds: number | undefined): number | undefined {
  return seconds === 0 ? undefined : seconds;
}

function limitToJson({ window, scope, maxValueSas, maxCount }: Limit): PolicyJson {
  return {
    ...windowToJson(window),
    ...present('max_value', maxValueSas?.toString()),
    ...present('max_count', maxCount),
    ...present('of', scope.of === 'transactions' ? undefined : scope.of),
    ...present('operations', scope.operations?.names),
  };
}

/** The members that say which window it is, as policies write them. */
export function windowToJson(window: LimitWindow): Readonly<Record<string, string | number>> {
  switch (window.kind) {
    case 'rolling':
      return { kind: window.kind, window_seconds: window.windowSeconds };
    case 'period':
      return { kind: window.kind, period_seconds: window.periodSeconds, anchor: window.anchorSeconds };
    case 'total':
      return { kind: window.kind };
  }
}

function hoursToJson({ days, fromMinute, toMinute, timeZone }: WeeklyHours): PolicyJson {
  return {
    days: DAYS.filter((day) => days.has(day)),
    from: timeOfDay(fromMinute),
    to: timeOfDay(toMinute),
    time_zone: timeZone,
  };
}

/** Minutes of a day as `09:30`. */
export function timeOfDay(minute: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
