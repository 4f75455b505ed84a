import { OneAtATime } from '../fairness/one-at-a-time.js';
import type { SealedColumn } from '../sealed-columns.js';
import { KekOrders } from './kek-orders.js';
import type { KekChange } from './kek-orders.js';
import type { KekWork } from './kek-work.js';
import { OnlineReseal } from './online-reseal.js';
import type { HeldRings } from './online-reseal.js';
import type { Resealed } from './reseal.js';
import { verifySealed } from './verify-sealed.js';
import type { Verified } from './verify-sealed.js';

type Say = (line: string) => void;

/**
 * What an operator can do with key-encryption keys while the service runs. Orders are carried out one after the other;
 * those to seal again that come while one waits or runs are the same order. They reject with `StartError`.
 */
export class KekDesk {
  readonly #orders: KekOrders;
  readonly #reseal: OnlineReseal;
  #resealing: Promise<Resealed & { readonly keys: number }> | undefined;
  readonly #turns = new OneAtATime();

  constructor(
    private readonly work: KekWork,
    held: HeldRings,
    private readonly columns: readonly SealedColumn[],
  ) {
    this.#orders = new KekOrders(work);
    this.#reseal = new OnlineReseal(held, columns, work);
  }

  add(text: string): Promise<KekChange> {
    return this.#turns.run(() => this.#orders.add(text));
  }

  check(text: string | undefined): Promise<object> {
    return this.#turns.run(() => this.#orders.check(text));
  }

  rotate(id: string, text: string): Promise<KekChange> {
    return this.#turns.run(() => this.#orders.rotate(id, text));
  }

  /**
   * @param from the data key that seals ZVault's values as whoever orders it has seen it: where another does by now,
   *   nothing is done
   */
  reseal(from: string | undefined, say: Say): Promise<Resealed & { readonly keys: number }> {
    this.#resealing ??= this.#turns
      .run(() => this.#reseal.run(from, say))
      .finally(() => {
        this.#resealing = undefined;
      });
    return this.#resealing;
  }

  verify(say: Say): Promise<Verified> {
    return this.#turns.run(() => verifySealed(this.work, this.columns, say));
  }

  retire(id: string): Promise<KekChange> {
    return this.#turns.run(() => this.#orders.retire(id));
  }

  /** Waits for nobody: whoever asks may want to know how far another order is. */
  async status(): Promise<object> {
    return { keys: await this.#orders.list(), ...(await this.#reseal.status()) };
  }
}
