import { evaluate } from '../../../src/restrictions/evaluate.js';
import type { Evaluation } from '../../../src/restrictions/evaluate.js';
import { explain, refusalIn } from '../../../src/restrictions/explain.js';
import type { Explanation } from '../../../src/restrictions/explain.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { factsOf } from './asks.js';
import type { Ask } from './asks.js';
import { usageOf } from './signed-before.js';

/** 12:00:00.000 on a Wednesday, in UTC. */
export const NOON_MS = Date.parse('2026-07-01T12:00:00Z');
export const NOON = NOON_MS / 1000;

export interface Circumstances {
  readonly nowMs?: number;
  readonly creationSkewSeconds?: number;
  readonly signed?: readonly { readonly ask: Ask; readonly atMs: number }[];
}

export function evaluationOf(policy: unknown, ask: Ask, circumstances: Circumstances = {}): Evaluation {
  const { nowMs = NOON_MS, creationSkewSeconds = 0, signed = [] } = circumstances;
  const usage = usageOf(signed.map((one) => ({ facts: factsOf(one.ask), atMs: one.atMs })));
  return evaluate(parsePolicy(policy), usage, factsOf(ask), { nowMs, creationSkewSeconds });
}

/** `allowed`, or the first rule that fails and its reason. */
export function verdict(policy: unknown, ask: Ask, circumstances: Circumstances = {}): string {
  const first = evaluationOf(policy, ask, circumstances).rules.find(({ refusal }) => refusal !== undefined);
  return first === undefined ? 'allowed' : `${first.name} ${first.refusal}`;
}

export function explanationOf(policy: unknown, ask: Ask, circumstances: Circumstances = {}): Explanation {
  const { nowMs = NOON_MS, creationSkewSeconds = 0 } = circumstances;
  const question = { policy: parsePolicy(policy), facts: factsOf(ask), now: { nowMs, creationSkewSeconds } };
  return explain(question, evaluationOf(policy, ask, circumstances));
}

/** The line that says why not, without the words that all of them begin with. */
export function refusalLine(policy: unknown, ask: Ask, circumstances: Circumstances = {}): string {
  return explanationOf(policy, ask, circumstances).message.replace(
    "the split key's restrictions do not allow this: ",
    '',
  );
}

export function retryAfterOf(policy: unknown, ask: Ask, circumstances: Circumstances = {}): number | undefined {
  const { nowMs = NOON_MS, creationSkewSeconds = 0 } = circumstances;
  const question = { policy: parsePolicy(policy), facts: factsOf(ask), now: { nowMs, creationSkewSeconds } };
  return refusalIn(question, evaluationOf(policy, ask, circumstances))?.retryAfterSeconds;
}
