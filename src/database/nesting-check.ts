import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Notices a unit of work that is opened inside another, which would wait for itself for ever.
 *
 * On Node before 24 an AsyncLocalStorage in use makes every promise of the process dearer, those of requests that never
 * meet it too. So it is switched off whenever nothing is inside; then there is nothing to notice either.
 */
export class NestingCheck {
  readonly #storage = new AsyncLocalStorage<true>();
  #inside = 0;

  /** Runs `work`; everything that it calls, however late, is inside. */
  async inside<T>(work: () => Promise<T>): Promise<T> {
    this.#inside += 1;
    try {
      return await this.#storage.run(true, work);
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#storage.disable();
    }
  }

  /** Throws when called from inside. */
  refuse(): void {
    if (this.#storage.getStore() === true) throw new Error('a unit of work was opened inside another');
  }
}
