import type { Usage } from '../limits/usage.js';
import { messageTerms, saysMore } from '../policy/message-terms.js';
import type { Policy } from '../policy/policy.js';
import type { Amount, Span } from './most-in-span.js';
import { mostMovable } from './movable.js';

const DAY_MS = 86_400_000;

/** The most that a key can still do. Never less than what is possible; fees, which are not signed, come on top. */
export interface Exposure {
  /** What its transactions can move: in the 24 hours from now on, in 30 times 24 hours, and ever. */
  readonly movable: { readonly today: Amount; readonly in30Days: Amount; readonly untilItEnds: Amount };
  /** Unix seconds; 0 = never. */
  readonly endsAtSeconds: number;
  /** To whom it can send tokens. Contracts, which it can call, are not among them. */
  readonly recipients: ReadonlySet<string> | 'any';
  /** Which operations its transactions can be. */
  readonly calls: ReadonlySet<string> | 'any';
  /** If so, it can do everything, whatever else the policy says. */
  readonly messagesCanBeTransactions: boolean;
}

/** When it is asked, and how the service runs. */
export interface ExposureTime {
  readonly nowMs: number;
  /** In trust-hash mode any hash is signed that is sent with the right data. */
  readonly hashesAreBelieved: boolean;
}

const NOTHING = new Set<string>();

/** What follows from a policy and from what was signed under the ones before it. Pure. */
export function exposureOf(policy: Policy, usage: Usage, { nowMs, hashesAreBelieved }: ExposureTime): Exposure {
  const endsAtSeconds = policy.expiresAtSeconds ?? 0;
  const hasEnded = endsAtSeconds !== 0 && endsAtSeconds * 1000 <= nowMs;
  const messagesCanBeTransactions = !hasEnded && messageTerms(policy) === 'any';
  const isBelieved = hashesAreBelieved && !saysMore(policy) && hasTransactions(policy);
  const isUnbound = messagesCanBeTransactions || (isBelieved && !hasEnded);
  const isSilent = hasEnded || (hashesAreBelieved && saysMore(policy) && !messagesCanBeTransactions);
  const movableBefore = (endMs: number): Amount => {
    const span = spanUntil(policy, usage, nowMs, endMs);
    if (span === undefined || isSilent) return 0n;
    return isUnbound ? 'unlimited' : mostMovable(policy, usage, span);
  };
  const untilItEnds = movableBefore(Infinity);
  const calls = isUnbound ? 'any' : isSilent ? NOTHING : callsOf(policy);
  const canSend = untilItEnds !== 0n && (calls === 'any' || calls.has('transfer'));
  return {
    movable: { today: movableBefore(nowMs + DAY_MS), in30Days: movableBefore(nowMs + 30 * DAY_MS), untilItEnds },
    endsAtSeconds,
    recipients: !canSend ? NOTHING : isUnbound ? 'any' : (policy.recipients ?? 'any'),
    calls,
    messagesCanBeTransactions,
  };
}

/**
 * The part of a time to come in which the key signs, as its limits see it: undefined when there is none. A clock that was
 * set back stands still for limits, so that all of the time before is one moment to them.
 */
function spanUntil(policy: Policy, usage: Usage, nowMs: number, endMs: number): Span | undefined {
  const { notBeforeSeconds = 0, expiresAtSeconds = 0 } = policy;
  const fromMs = Math.max(nowMs, notBeforeSeconds * 1000);
  const beforeMs = Math.min(endMs, expiresAtSeconds === 0 ? Infinity : expiresAtSeconds * 1000);
  if (fromMs >= beforeMs) return undefined;
  const countedFromMs = Math.max(fromMs, policy.limits === undefined ? 0 : usage.newestMs);
  return { fromMs: countedFromMs, beforeMs: Math.max(beforeMs, countedFromMs + 1) };
}

function callsOf({ operations }: Policy): ReadonlySet<string> | 'any' {
  if (operations === undefined) return 'any';
  return new Set([...operations.covers].filter((name) => name !== 'messages' && name !== 'data-messages').sort());
}

function hasTransactions(policy: Policy): boolean {
  const calls = callsOf(policy);
  return calls === 'any' || calls.size > 0;
}
