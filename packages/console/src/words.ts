import { inZcn } from '@split-key-kms/client';
import type { LimitUseDocument, PolicyDocument } from '@split-key-kms/client';

/** The beginning and end of a long hexadecimal text. */
export function short(hex: string): string {
  return hex.length > 16 ? `${hex.slice(0, 8)}…${hex.slice(-4)}` : hex;
}

/** A time as people read it here; `never` of 0. */
export function when(seconds: number): string {
  return seconds === 0
    ? 'never'
    : new Date(seconds * 1000).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

export function zcnOf(sas: string): string {
  return `${inZcn(BigInt(sas))} ZCN`;
}

const UNITS = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** `1 day`, `90 minutes`. */
export function duration(seconds: number): string {
  const [size, name] = UNITS.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [1, 'second'];
  const count = seconds / size;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

type Limit = NonNullable<PolicyDocument['limits']>[number];

/** A day that begins at any time is better said in hours. */
const windowOf = (seconds: number): string => (seconds === 86_400 ? '24 hours' : duration(seconds));

/** Over which time a limit counts. */
export function spanOf({ kind, window_seconds, period_seconds }: Limit | LimitUseDocument): string {
  if (kind === 'rolling') return `in any ${windowOf(window_seconds ?? 0)}`;
  if (kind === 'period') return `in each ${duration(period_seconds ?? 0)}`;
  return 'ever';
}

function limitWords(limit: Limit): string {
  const most = [
    ...(limit.max_value === undefined ? [] : [`at most ${zcnOf(limit.max_value)}`]),
    ...(limit.max_count === undefined ? [] : [`at most ${limit.max_count} signatures`]),
  ];
  return `${most.join(' and ')} ${spanOf(limit)}`;
}

const MESSAGES = {
  any: 'any message',
  typed: 'messages whose text it is shown',
  none: 'no messages',
} as const;

/** A line of a member that is there; in JSON null is as good as absent. */
function lineOf<T>(member: T | null | undefined, words: (member: T) => string | undefined): string[] {
  const line = member === undefined || member === null ? undefined : words(member);
  return line === undefined ? [] : [line];
}

/** What a policy allows, a line for each rule. No line: everything. Throws for what is no policy. */
export function policyWords(policy: PolicyDocument): string[] {
  return [
    ...lineOf(policy.operations, (only) =>
      only.length === 0 ? 'signs no transaction' : `signs only ${only.join(', ')}`,
    ),
    ...lineOf(policy.recipients, ({ length }) => `pays ${length} known ${length === 1 ? 'address' : 'addresses'} only`),
    ...lineOf(policy.max_value, (most) => `at most ${zcnOf(most)} at once`),
    ...(policy.limits ?? []).map(limitWords),
    ...lineOf(policy.messages, (which) => `signs ${MESSAGES[which]}`),
    ...lineOf(policy.hours, () => 'only at certain hours'),
    ...lineOf(policy.creation_window_seconds, (seconds) => `dated within ${duration(seconds)} of now`),
    ...lineOf(policy.not_before, (time) => (time === 0 ? undefined : `not before ${when(time)}`)),
    ...lineOf(policy.expires_at, (time) => (time === 0 ? undefined : `until ${when(time)}`)),
  ];
}

/** How a text stands in a shell's single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same call on a command line, with the variables of the README's tour. */
export function curl(method: string, path: string, body?: unknown, headers: readonly string[] = []): string {
  const how = method === 'GET' || (method === 'POST' && body !== undefined) ? '' : ` -X ${method}`;
  const more = headers.map((header) => ` -H ${quoted(header)}`).join('');
  const data = body === undefined ? '' : ` -d ${quoted(JSON.stringify(body))}`;
  return `curl -sS${how} "$KMS${path}" -H "$TOKEN"${more}${data}`;
}
