import { readFileSync } from 'node:fs';
import type { Ask, AskedTransaction } from './asks.js';

/**
 * What policies mean, written a second time: slowly, straight from their description, over the JSON that owners write
 * and everything that was ever signed. It shares no code with src. What contracts and groups there are it reads in
 * docs/wire.md.
 */
const WIRE = readFileSync(new URL('../../../docs/wire.md', import.meta.url), 'utf8');

/** `group → storage:read_redeem, transfer …`. */
const GROUPS = new Map(
  [...WIRE.matchAll(/^\| `([a-z_]+)` \| (.*) \|$/gm)].map(([, group = '', functions = '']) => [
    group,
    functions.split(';').flatMap((part) => {
      const [contract = '', names = ''] = part.split(':');
      const named = [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
      return contract.trim() === 'none' ? named : named.map((name) => `${contract.trim()}:${name}`);
    }),
  ]),
);
GROUPS.set('data_storage', ['data']);

/** `address → contract`. */
const CONTRACTS = new Map(
  [...WIRE.matchAll(/^\| ([a-z_0-9]+) \| `([0-9a-f]{64})` \|$/gm)].map(([, name = '', address = '']) => [
    address,
    name,
  ]),
);
const FUNCTIONS = new Set([...GROUPS.values()].flat());

export const CONTRACT_ADDRESSES = [...CONTRACTS.keys()];
export const GROUP_NAMES = [...GROUPS.keys()];
export const OPERATION_NAMES = [...FUNCTIONS];

export interface LimitJson {
  readonly kind: 'rolling' | 'period' | 'total';
  readonly window_seconds?: number;
  readonly period_seconds?: number;
  readonly anchor?: number;
  readonly max_value?: string;
  readonly max_count?: number;
  readonly of?: 'transactions' | 'messages' | 'all';
  readonly operations?: readonly string[];
}

export interface HoursJson {
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly time_zone: string;
}

export interface PolicyJson {
  readonly operations?: readonly string[];
  readonly recipients?: readonly string[];
  readonly max_value?: string;
  readonly limits?: readonly LimitJson[];
  readonly not_before?: number;
  readonly expires_at?: number;
  readonly hours?: readonly HoursJson[];
  readonly creation_window_seconds?: number;
  readonly messages?: 'any' | 'typed' | 'none';
}

export interface Event {
  readonly ask: Ask;
  readonly at: number;
}

export interface ReferenceOutcome {
  /** The rules that do not hold. */
  readonly failing: readonly string[];
  /** Of each limit: what is used, and when what was asked for fits; null when never. Undefined when it fits. */
  readonly limits: readonly { used: bigint; count: number; fitsAt: number | null | undefined }[];
}

/** Data that a client may send, and what it says. */
export interface KnownData {
  readonly text: string;
  readonly calls?: string;
  readonly isTransferData: boolean;
}

function allOf(names: readonly string[]): Set<string> {
  return new Set(names.flatMap((name) => GROUPS.get(name) ?? [name]));
}

/** The operation that a transaction is; undefined when it is none for certain. */
function operation(ask: AskedTransaction, data: readonly KnownData[]): string | undefined {
  const contract = CONTRACTS.get(ask.to);
  const said = data.find(({ text }) => text === ask.data);
  if (ask.type === 0) return contract === undefined && said?.isTransferData === true ? 'transfer' : undefined;
  if (ask.type === 10) return contract === undefined && ask.value === 0n ? 'data' : undefined;
  if (ask.type !== 1000 || contract === undefined) return undefined;
  const called = `${contract}:${said?.calls ?? ''}`;
  return FUNCTIONS.has(called) ? called : undefined;
}

/** Everything that the same hash could be submitted as, where it makes a difference to whoever counts operations. */
function couldBe(ask: AskedTransaction, data: readonly KnownData[]): Set<string> | 'anything' {
  const one = operation(ask, data);
  if (one === undefined) return 'anything';
  const isNothingToNobody = ask.value === 0n && !CONTRACTS.has(ask.to);
  return new Set(isNothingToNobody ? ['transfer', 'data'] : [one]);
}

function isCounted(limit: LimitJson, ask: Ask, data: readonly KnownData[]): boolean {
  const of = limit.of ?? 'transactions';
  if (of !== 'all' && `${ask.kind}s` !== of) return false;
  if (limit.operations === undefined || ask.kind === 'message') return true;
  const could = couldBe(ask, data);
  if (could === 'anything') return true;
  return [...allOf(limit.operations)].some((name) => could.has(name));
}

function isInWindow(limit: LimitJson, at: number, now: number): boolean {
  if (at > now) return false;
  if (limit.kind === 'total') return true;
  if (limit.kind === 'rolling') return at > now - (limit.window_seconds ?? 0) * 1000;
  const period = (limit.period_seconds ?? 0) * 1000;
  const numberOf = (ms: number): number => Math.floor((ms - (limit.anchor ?? 0) * 1000) / period);
  return numberOf(at) === numberOf(now);
}

function limitOutcome(
  limit: LimitJson,
  events: readonly Event[],
  ask: Ask,
  now: number,
  data: readonly KnownData[],
): ReferenceOutcome['limits'][number] {
  const counted = events.filter((event) => isCounted(limit, event.ask, data));
  const usedAt = (ms: number): { used: bigint; count: number } => {
    const inside = counted.filter(({ at }) => isInWindow(limit, at, ms));
    return {
      used: inside.reduce((sum, event) => sum + (event.ask.kind === 'transaction' ? event.ask.value : 0n), 0n),
      count: inside.length,
    };
  };
  const isRepeated = events.some((event) => event.ask.kind === ask.kind && event.ask.hash === ask.hash);
  const isAsked = !isRepeated && isCounted(limit, ask, data);
  const value = ask.kind === 'transaction' ? ask.value : 0n;
  const fits = (ms: number): boolean => {
    const { used, count } = usedAt(ms);
    return used + value <= BigInt(limit.max_value ?? 2n ** 200n) && count + 1 <= (limit.max_count ?? Infinity);
  };
  const here = usedAt(now);
  if (!isAsked || fits(now)) return { ...here, fitsAt: undefined };
  // Room can come only when something leaves the window, or a period ends.
  const period = (limit.period_seconds ?? 0) * 1000;
  const anchor = (limit.anchor ?? 0) * 1000;
  const later = [
    ...counted.map(({ at }) => at + (limit.window_seconds ?? 0) * 1000),
    ...(limit.kind === 'period' ? [anchor + (Math.floor((now - anchor) / period) + 1) * period] : []),
  ];
  const fitting = later.filter((ms) => ms > now && fits(ms));
  return { ...here, fitsAt: fitting.length === 0 ? null : Math.min(...fitting) };
}

const OFFSETS = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show: its offset as a text, added to the time by hand. */
function local(ms: number, timeZone: string): { day: number; minute: number } {
  const format = OFFSETS.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' });
  OFFSETS.set(timeZone, format);
  const parts = format.formatToParts(ms);
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(text) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (60 * Number(hours) + Number(minutes));
  const minutesSince1970 = Math.floor(ms / 60_000) + offset;
  // 1970 began on a Thursday.
  const day = (Math.floor(minutesSince1970 / 1440) + 3) % 7;
  return { day, minute: ((minutesSince1970 % 1440) + 1440) % 1440 };
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function isOpen({ days, from, to, time_zone }: HoursJson, now: number): boolean {
  const { day, minute } = local(now, time_zone);
  const minutes = (text: string): number => 60 * Number(text.slice(0, 2)) + Number(text.slice(3));
  // Two days in a row, so that a window over midnight is one stretch.
  return [0, 1].some((daysAgo) => {
    const here = minute + 1440 * daysAgo;
    const end = minutes(to) <= minutes(from) ? minutes(to) + 1440 : minutes(to);
    return days.includes(WEEK[(day + 7 - daysAgo) % 7] ?? '') && here >= minutes(from) && here < end;
  });
}

function messageHolds(policy: PolicyJson, ask: Ask): boolean {
  if (ask.kind === 'transaction') return true;
  const { operations, messages, recipients, max_value, limits, hours, creation_window_seconds } = policy;
  const more = [recipients, max_value, limits, hours, creation_window_seconds].some((one) => one !== undefined);
  const is32Bytes = ask.hash.length === 64;
  const mode = messages ?? (more ? 'typed' : 'by-list');
  if (mode === 'any') return true;
  if (mode === 'none') return false;
  if (mode === 'typed') return !is32Bytes || ask.text === 'shown';
  if (operations === undefined || operations.includes('message_signing')) return true;
  return operations.includes('data_signing') && !is32Bytes;
}

/** @param skew how many seconds a creation date may lie ahead; 0 = any number */
export function referenceOutcome(
  policy: PolicyJson,
  signed: readonly Event[],
  ask: Ask,
  now: number,
  skew: number,
  data: readonly KnownData[],
): ReferenceOutcome {
  const failing: string[] = [];
  const must = (rule: string, holds: boolean): void => {
    if (!holds) failing.push(rule);
  };
  const seconds = Math.floor(now / 1000);
  const { not_before = 0, expires_at = 0, creation_window_seconds: back, operations, recipients } = policy;
  must('not_before', not_before === 0 || seconds >= not_before);
  must('expires_at', expires_at === 0 || seconds < expires_at);
  must('hours', policy.hours === undefined || policy.hours.some((one) => isOpen(one, now)));
  must('messages', messageHolds(policy, ask));
  if (ask.kind === 'transaction') {
    const one = operation(ask, data);
    must('operations', operations === undefined || (one !== undefined && allOf(operations).has(one)));
    must('recipients', recipients === undefined || CONTRACTS.has(ask.to) || recipients.includes(ask.to));
    must('max_value', policy.max_value === undefined || ask.value <= BigInt(policy.max_value));
    const ahead = ask.created - seconds;
    must('creation_date', skew === 0 || ahead <= skew);
    must(
      'creation_window_seconds',
      back === undefined || (ask.created !== 0 && -ahead <= back && ahead <= (skew === 0 ? back : skew)),
    );
  }
  const at = Math.max(now, ...signed.map((event) => event.at));
  const limits = (policy.limits ?? []).map((limit) => limitOutcome(limit, signed, ask, at, data));
  for (const [index, { fitsAt }] of limits.entries()) must(`limits[${index}]`, fitsAt === undefined);
  return { failing, limits };
}
