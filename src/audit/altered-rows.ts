import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { nameOf } from '../database/rows/covered-table.js';
import { RowGuard } from '../database/rows/row-guard.js';
import type { RowKey } from '../database/rows/row-guard.js';
import { Metrics } from '../metrics/metrics.js';
import { Readiness } from '../readiness/readiness.js';
import type { SystemAction } from './action.js';
import { RecordedWork } from './recorded-work.js';

/** As many are told; who writes into the file could write into all rows. */
const MOST_TOLD = 1000;

/** Tells of rows into which somebody wrote behind the back of the service: each once, in the record and to the operator. */
@Injectable()
export class AlteredRows implements OnModuleInit {
  static readonly action = 'find-altered-row' satisfies SystemAction;

  readonly #logger = new Logger('Record');
  readonly #told = new Set<string>();
  /** Runs something as the start would: what is found inside a transaction is not part of it. */
  readonly #outside = AsyncLocalStorage.snapshot();

  constructor(
    private readonly guard: RowGuard,
    private readonly recorded: RecordedWork,
    private readonly metrics: Metrics,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.guard.tell((table, key) => {
      this.#found(table, key);
    });
    this.readiness.warn('rows', () => this.#objection());
  }

  #objection(): string | undefined {
    const { size } = this.#told;
    if (size === 0) return undefined;
    const rows = `${size}${size === MOST_TOLD ? ' or more' : ''}`;
    return `altered behind the back of the service, and refused until a copy is restored: ${rows}`;
  }

  #found(table: string, key: RowKey): void {
    this.metrics.alteredRowRead();
    const name = nameOf({ table }, key);
    const row = name.slice(table.length + 1);
    if (this.#told.has(name) || this.#told.size >= MOST_TOLD) return;
    this.#told.add(name);
    this.#logger.error(`a row of ${table} was altered, or removed; its key is ${row}`);
    this.#outside(() => void this.#record(table, row));
  }

  /** In a write of its own: it is found in the middle of another one, or of a read. */
  async #record(table: string, row: string): Promise<void> {
    try {
      await this.recorded.ofItself(AlteredRows.action, () => Promise.resolve([{ facts: { altered: { table, row } } }]));
    } catch (error) {
      this.#logger.error(`that a row of ${table} was altered could not be recorded: ${String(error)}`);
    }
  }
}
