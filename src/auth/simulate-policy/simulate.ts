import { setImmediate } from 'node:timers/promises';
import type { RecordedDecision } from '../../audit/signing-history.js';
import { evaluate } from '../../restrictions/evaluate.js';
import { refusalIn } from '../../restrictions/explain.js';
import type { Facts } from '../../restrictions/facts/facts.js';
import { RunningTotals } from '../../restrictions/limits/running-totals.js';
import type { CountScope } from '../../restrictions/limits/count-scope.js';
import type { Policy } from '../../restrictions/policy/policy.js';

/** What another policy would have made of decisions that were taken. */
export interface Simulation {
  /** How many decisions were judged anew. */
  readonly judged: number;
  /** Of how many it is not known, or cannot be read, what was asked for. */
  readonly unknown: number;
  /** In the order of time, as all that follows. */
  readonly newlyAllowed: readonly JudgedAnew[];
  readonly newlyRefused: readonly JudgedAnew[];
}

/** A decision that would have been another one. */
export interface JudgedAnew {
  readonly decision: RecordedDecision;
  readonly facts: Facts;
  /** The rule that refuses: of the proposed policy, or of the one by which it was refused. */
  readonly rule: string | undefined;
  readonly reason: string | undefined;
}

/** The refusals that a policy decides. All others stay what they were, whatever the policy. */
const BY_POLICY: ReadonlySet<string | undefined> = new Set(['SIGNING.NOT_ALLOWED', 'SPLIT_KEY.EXPIRED']);

/** Decisions that are judged in one turn of the event loop: a few milliseconds at most. */
const IN_ONE_TURN = 50;

/**
 * Judges decisions anew, as though this policy alone had been in force, and nothing had been signed before the first of
 * them: what it allows counts for its limits, and nothing else does.
 *
 * @param decisions in the order of time
 * @param creationSkewSeconds as the service has it now
 */
export async function simulate(
  policy: Policy,
  scopes: readonly CountScope[],
  decisions: readonly RecordedDecision[],
  creationSkewSeconds: number,
): Promise<Simulation> {
  const usage = new RunningTotals(scopes);
  const newlyAllowed: JudgedAnew[] = [];
  const newlyRefused: JudgedAnew[] = [];
  let unknown = 0;
  for (const [index, decision] of decisions.entries()) {
    if (index > 0 && index % IN_ONE_TURN === 0) await setImmediate();
    const { facts } = decision;
    if (facts === undefined || facts === 'unreadable') {
      unknown += 1;
      continue;
    }
    const wasAllowed = decision.outcome === 'approved';
    if (!wasAllowed && !BY_POLICY.has(decision.code)) continue;
    const now = { nowMs: decision.atMs, creationSkewSeconds };
    const evaluation = evaluate(policy, usage, facts, now);
    if (evaluation.count !== undefined) usage.count(facts, evaluation.count.atMs);
    if (evaluation.allowed === wasAllowed) continue;
    const refused = evaluation.allowed ? decision.refusedBy : refusalIn({ policy, facts, now }, evaluation);
    const anew = { decision, facts, rule: refused?.rule, reason: refused?.reason };
    (evaluation.allowed ? newlyAllowed : newlyRefused).push(anew);
  }
  return { judged: decisions.length - unknown, unknown, newlyAllowed, newlyRefused };
}
