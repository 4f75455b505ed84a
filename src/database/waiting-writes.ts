import { TurnQueue } from '../fairness/turn-queue.js';
import { WRITE_LANES } from './write-order.js';
import type { WriteLane, WriteOrder } from './write-order.js';

/** Writes that go into one transaction, handed over one by one. */
export interface WriteBatch<Write> {
  /**
   * The next one, taken from those that wait; `undefined` when the batch is at its end.
   *
   * @param isLate whether it has taken its time: then it ends, as soon as each lane has had a write in it
   */
  next(isLate: boolean): Write | undefined;
}

/**
 * All writes that wait, by importance. A batch begins with one of each lane, in their order, so that none starves, however
 * many more important ones wait and however soon the batch has to end; the rest of it is the most important first.
 */
export class WaitingWrites<Write extends WriteOrder> {
  readonly #lanes: Readonly<Record<WriteLane, TurnQueue<Write>>>;
  readonly #inOrder: readonly TurnQueue<Write>[];

  /** @param most that may wait in each lane */
  constructor(most: number) {
    const lane = (): TurnQueue<Write> => new TurnQueue(most);
    this.#lanes = { protective: lane(), signing: lane(), ordinary: lane(), making: lane() };
    this.#inOrder = WRITE_LANES.map((name) => this.#lanes[name]);
  }

  get length(): number {
    return this.#inOrder.reduce((sum, lane) => sum + lane.length, 0);
  }

  lengthOf(lane: WriteLane): number {
    return this.#lanes[lane].length;
  }

  /** Says whether there was room. */
  add(write: Write): boolean {
    return this.#lanes[write.lane].add(write.holder, write);
  }

  /** Whatever comes when it has begun goes into another. @param most that it may hold */
  batch(most: number): WriteBatch<Write> {
    const lanes = this.#inOrder;
    const firsts = lanes.values();
    let left = Math.min(most, this.length);
    return {
      next: (isLate) => {
        if (left === 0) return undefined;
        const write = firstOf(firsts) ?? (isLate ? undefined : firstOf(lanes.values()));
        if (write !== undefined) left -= 1;
        return write;
      },
    };
  }

  /** Takes all of which `isTaken`. */
  takeWhere(isTaken: (write: Write) => boolean): Write[] {
    return this.#inOrder.flatMap((lane) => lane.takeWhere(isTaken));
  }
}

/** The next write of the first of the lanes in which any waits. */
function firstOf<Write>(lanes: Iterator<TurnQueue<Write>>): Write | undefined {
  for (let lane = lanes.next(); lane.done !== true; lane = lanes.next()) {
    const write = lane.value.take();
    if (write !== undefined) return write;
  }
  return undefined;
}
