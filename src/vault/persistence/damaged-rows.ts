import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '../../metrics/metrics.js';

/** A damaged row can be listed as often as its owner likes. */
const MOST_LOGGED = 1000;

/** Tells the operator of rows that cannot be opened, each once in the log: whoever lists them sees the others. */
@Injectable()
export class DamagedRows {
  readonly #logger = new Logger('ZVault');
  readonly #logged = new Set<string>();

  constructor(private readonly metrics: Metrics) {}

  found(table: string, id: string): void {
    this.metrics.damagedRowRead();
    if (this.#logged.has(id) || this.#logged.size >= MOST_LOGGED) return;
    this.#logged.add(id);
    this.#logger.error(`a sealed value of ${table} cannot be opened; the row's id is ${id}`);
  }
}
