import { setImmediate } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RowChecks } from '../../../audit/rows/row-checks.js';
import type { RowCheck } from '../../../audit/rows/row-checks.js';
import type { UntrueRow } from '../../../audit/rows/compare-rows.js';
import { decisionsAfter, decisionsBefore } from '../../../audit/signing-history.js';
import type { RecordedDecision } from '../../../audit/signing-history.js';
import type { ClientId, PublicKeyHex } from '../../../crypto/key-names.js';
import { SqliteUnitOfWork } from '../../../database/sqlite-unit-of-work.js';
import type { Statements } from '../../../database/statements.js';
import { counts } from '../../../restrictions/limits/count-scope.js';
import type { CountScope } from '../../../restrictions/limits/count-scope.js';
import { tallyOf } from '../../../restrictions/limits/tally-of.js';
import { termsFromColumn } from '../../../restrictions/terms/terms-column.js';
import { COVERED_COUNTERS } from '../covered-tables.js';
import { factsOf } from './catch-up.js';
import { scopesOf } from './count-by.js';
import type { CountedShare } from './sqlite-usage.js';
import { totalFromColumn } from './total-value.js';

/** Counters of one turn of the event loop, and entries of the record. */
const [COUNTERS, ENTRIES] = [50, 250];

const NEXT_COUNTERS = `
  SELECT counters.id, scope, newest_count AS newestCount, shares.id AS shareId, client_id AS clientId,
         user_public_key AS publicKeyHex, terms
    FROM auth_counters counters JOIN auth_server_shares shares ON shares.id = counters.share_id
   WHERE is_counting = 1 AND counters.id > ? ORDER BY counters.id LIMIT ?`;

const NEWEST_ENTRY = `
  SELECT entry FROM auth_counts WHERE counter = ? ORDER BY at_ms DESC, total_count DESC LIMIT 1`;

const IS_COUNTING = 'SELECT 1 FROM auth_counters WHERE id = ? AND share_id = ? AND is_counting = 1';

const NEXT_COUNTS = `
  SELECT at_ms AS atMs, total_count AS count, total_value AS value, entry FROM auth_counts
   WHERE counter = ? AND (at_ms, total_count) > (?, ?) ORDER BY at_ms, total_count LIMIT ?`;

/** Whether what limits have counted is what the record tells was signed. */
@Injectable()
export class CountChecks implements RowCheck, OnModuleInit {
  constructor(
    private readonly checks: RowChecks,
    private readonly unitOfWork: SqliteUnitOfWork,
  ) {}

  onModuleInit(): void {
    this.checks.add(this);
  }

  /** Whether the newest 250 decisions of each split key that are to be counted are. */
  async atStart(): Promise<readonly UntrueRow[]> {
    const untrue: UntrueRow[] = [];
    for await (const counters of this.#counters()) {
      const found = await this.unitOfWork.readAtOnce((statements) =>
        counters.filter((counter) => isBehind(counter, statements)),
      );
      untrue.push(...found.map(untrueCounter));
    }
    return untrue;
  }

  /** Counts everything again. */
  async whole(): Promise<{ readonly rows: number; readonly untrue: readonly UntrueRow[] }> {
    const untrue: UntrueRow[] = [];
    let rows = 0;
    for await (const counters of this.#counters()) {
      rows += counters.length;
      for (const counter of counters) {
        if (!(await this.#isTrue(counter))) untrue.push(untrueCounter(counter));
      }
    }
    return { rows, untrue };
  }

  async #isTrue(counter: KnownCounter): Promise<boolean> {
    const recount = new Recount(counter);
    for (let isLast = false; !isLast;) {
      isLast = await this.unitOfWork.readAtOnce((statements) => recount.goOn(statements));
      await setImmediate();
    }
    return recount.isTrue;
  }

  /** A few at a time. */
  async *#counters(): AsyncGenerator<readonly KnownCounter[]> {
    for (let last = 0; ;) {
      const rows = await this.unitOfWork.readAtOnce((statements) =>
        statements.all<CounterRow>(NEXT_COUNTERS, last, COUNTERS),
      );
      yield rows.flatMap((row) => knownIn(row));
      last = rows.at(-1)?.id ?? last;
      if (rows.length < COUNTERS) return;
      await setImmediate();
    }
  }
}

/** Counts by one counter what the record has, beside what it has counted. */
class Recount {
  isTrue = true;
  #seenEntry = 0;
  #standing = { atMs: -1, count: 0, value: 0n };

  constructor(private readonly counter: KnownCounter) {}

  /** The next entries. Says whether these were the last. */
  goOn(statements: Statements): boolean {
    const { share, scope, id } = this.counter;
    const { decisions, seenEntry, isLast } = decisionsAfter(share, this.#seenEntry, ENTRIES, statements);
    this.#seenEntry = seenEntry ?? this.#seenEntry;
    const counted = decisions.filter((decision) => isCountedBy(scope, decision));
    const { atMs, count } = this.#standing;
    // One more at the end: nothing is counted that was not signed.
    const rows = statements.all<CountedRow>(NEXT_COUNTS, id, atMs, count, counted.length + (isLast ? 1 : 0));
    this.isTrue &&= rows.length === counted.length;
    counted.forEach((decision, at) => {
      this.#countOne(decision, rows[at]);
    });
    // Another policy may have let it go meanwhile, and then its counts are deleted.
    if (!this.isTrue && statements.first(IS_COUNTING, id, share.id) === undefined) this.isTrue = true;
    else if (this.isTrue) return isLast;
    return true;
  }

  #countOne(decision: RecordedDecision, row: CountedRow | undefined): void {
    const { count, value } = this.#standing;
    if (row === undefined) return;
    const next = { atMs: row.atMs, count: count + 1, value: value + tallyOf(factsOf(decision)).valueSas };
    this.isTrue &&= row.entry === decision.id && row.count === next.count && totalFromColumn(row.value) === next.value;
    this.#standing = next;
  }
}

interface CounterRow {
  readonly id: number;
  readonly scope: string;
  readonly newestCount: number;
  readonly shareId: string;
  readonly clientId: ClientId;
  readonly publicKeyHex: PublicKeyHex;
  readonly terms: string;
}

interface CountedRow {
  readonly atMs: number;
  readonly count: number;
  readonly value: Buffer;
  readonly entry: number;
}

interface KnownCounter {
  readonly id: number;
  readonly share: CountedShare;
  readonly scope: CountScope;
}

/** None of a policy that cannot be read, or has no such limit any more: nothing is decided by its counts. */
function knownIn({ id, scope: scopeKey, shareId, clientId, publicKeyHex, terms }: CounterRow): KnownCounter[] {
  const { policy } = termsFromColumn(terms);
  const scope = policy === 'unreadable' ? undefined : scopesOf(policy).find(({ key }) => key === scopeKey);
  return scope === undefined ? [] : [{ id, share: { id: shareId, clientId, publicKeyHex }, scope }];
}

function isBehind({ id, share, scope }: KnownCounter, statements: Statements): boolean {
  const newest = statements.first<{ entry: number }>(NEWEST_ENTRY, id)?.entry ?? 0;
  const { decisions } = decisionsBefore(share, Number.MAX_SAFE_INTEGER, ENTRIES, statements);
  return decisions.some((decision) => decision.id > newest && isCountedBy(scope, decision));
}

/** An entry that cannot be read is the record's own fault, which its tree tells. */
function isCountedBy(scope: CountScope, decision: RecordedDecision): boolean {
  if (decision.outcome !== 'approved' || decision.facts === 'unreadable') return false;
  return counts(scope, factsOf(decision));
}

function untrueCounter({ id }: KnownCounter): UntrueRow {
  return { table: COVERED_COUNTERS, key: [id], why: 'older than the record tells' };
}
