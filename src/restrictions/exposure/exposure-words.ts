import { zcn } from '../wording/amounts.js';
import { listed } from '../wording/lists.js';
import { counted, momentOf } from '../wording/times.js';
import type { Exposure } from './exposure.js';
import { isMore } from './most-in-span.js';
import type { Amount } from './most-in-span.js';

/** An exposure as it is answered. Null is: no bound. */
export interface ExposureAnswer {
  /** SAS as strings. */
  readonly tokens_today: string | null;
  readonly tokens_30_days: string | null;
  readonly tokens_until_end: string | null;
  /** Unix seconds; null = never. */
  readonly ends_at: number | null;
  readonly addresses: number | null;
  readonly calls: readonly string[] | null;
  readonly messages_can_be_transactions: boolean;
  /** In one line of text. */
  readonly summary: string;
}

export function exposureAnswer(exposure: Exposure): ExposureAnswer {
  const { movable, endsAtSeconds, recipients, calls, messagesCanBeTransactions } = exposure;
  const sas = (amount: Amount): string | null => (amount === 'unlimited' ? null : amount.toString());
  return {
    tokens_today: sas(movable.today),
    tokens_30_days: sas(movable.in30Days),
    tokens_until_end: sas(movable.untilItEnds),
    ends_at: endsAtSeconds === 0 ? null : endsAtSeconds,
    addresses: recipients === 'any' ? null : recipients.size,
    calls: calls === 'any' ? null : [...calls],
    messages_can_be_transactions: messagesCanBeTransactions,
    summary: summaryOf(exposure),
  };
}

/** What a key can still do at most, for people. */
export function summaryOf(exposure: Exposure): string {
  const { movable, calls, messagesCanBeTransactions } = exposure;
  if (messagesCanBeTransactions)
    return 'everything: it signs any message, and a message can be the hash of any transaction';
  const moves = `it can move ${inZcn(movable.today)} in 24 hours, ${inZcn(movable.in30Days)} in 30 days`;
  const { endsAtSeconds } = exposure;
  const ever = `${inZcn(movable.untilItEnds)} ${endsAtSeconds === 0 ? 'ever' : `until ${momentOf(endsAtSeconds)}`}`;
  const what = calls === 'any' ? 'every call' : calls.size === 0 ? 'no transactions' : listed(calls);
  return `${moves} and ${ever}, to ${addresses(exposure)}; it can make: ${what}`;
}

/** What the proposed one raises above the present one, a sentence each without its full stop; none when nothing. */
export function raisedBy(present: Exposure, proposed: Exposure): string[] {
  const said: string[] = [];
  if (proposed.messagesCanBeTransactions && !present.messagesCanBeTransactions) {
    said.push('its messages can be the hash of any transaction, so it can do everything');
  }
  for (const [name, when] of [
    ['today', 'in 24 hours'],
    ['in30Days', 'in 30 days'],
    ['untilItEnds', 'until it ends'],
  ] as const) {
    const [before, after] = [present.movable[name], proposed.movable[name]];
    if (isMore(after, before)) said.push(`it can move ${inZcn(after)} ${when} instead of ${inZcn(before)}`);
  }
  if (endsLater(present, proposed)) said.push(`it ends ${endOf(proposed)} instead of ${endOf(present)}`);
  const recipients = added(present.recipients, proposed.recipients);
  if (recipients === 'any') said.push(`it can send to ${addresses(proposed)} instead of ${addresses(present)}`);
  else if (recipients.length > 0) said.push(`it can also send to ${listed(recipients)}`);
  const calls = added(present.calls, proposed.calls);
  if (calls === 'any') said.push('it can make every call');
  else if (calls.length > 0) said.push(`it can also make: ${listed(calls)}`);
  return said;
}

function endsLater(present: Exposure, proposed: Exposure): boolean {
  if (present.endsAtSeconds === 0) return false;
  return proposed.endsAtSeconds === 0 || proposed.endsAtSeconds > present.endsAtSeconds;
}

/** What is in the second and was not in the first. */
function added(before: ReadonlySet<string> | 'any', after: ReadonlySet<string> | 'any'): readonly string[] | 'any' {
  if (before === 'any') return [];
  return after === 'any' ? 'any' : [...after].filter((one) => !before.has(one));
}

function inZcn(amount: Amount): string {
  return amount === 'unlimited' ? 'everything' : zcn(amount);
}

function endOf({ endsAtSeconds }: Exposure): string {
  return endsAtSeconds === 0 ? 'at no time' : `at ${momentOf(endsAtSeconds)}`;
}

function addresses({ recipients }: Exposure): string {
  return recipients === 'any' ? 'any address' : counted(recipients.size, 'address', 'addresses');
}
