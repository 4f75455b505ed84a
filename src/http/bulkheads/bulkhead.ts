import type { Socket } from 'node:net';
import { FairShares } from '../../fairness/fair-shares.js';
import { NestedShares } from '../../fairness/nested-shares.js';
import { NestedTurnQueue } from '../../fairness/nested-turn-queue.js';
import type { HeldRequest } from './held-request.js';

/**
 * Requests of one lane that are under way at a time. Few: what they wait for is one thread or one disk, and each one that is
 * under way is in everybody else's way. Enough to fill a transaction of the database.
 */
const PLACES = 64;

/** Of those that have waited long enough this many leave at one look, and a fiftieth of all that wait. */
const LEAVING_AT_ONCE = 32;

/**
 * A bulkhead: requests of one lane have places of their own, so that no flood in another lane takes them. One network has
 * half of them at most, and one token in it half of that. Whoever finds none waits; networks take turns, and in a network
 * its tokens.
 *
 * Of a connection one request waits, so the limit of connections bounds them. Three quarters of the places are for requests
 * that have arrived as a whole: whoever sends a body slowly cannot hold those.
 */
export class Bulkhead {
  readonly #places = new NestedShares(PLACES);
  readonly #slow = new FairShares(() => PLACES / 4);
  /** Each with whether its body was still to come. */
  readonly #underWay = new Map<HeldRequest, boolean>();
  readonly #waiting = new NestedTurnQueue<HeldRequest>();
  /** They have had their turn, but not their body. */
  #arriving: HeldRequest[] = [];
  readonly #connections = new WeakSet<Socket>();

  /** @param onPlaceLeft is told that somebody else may have a place now */
  constructor(private readonly onPlaceLeft: () => void) {}

  get underWay(): number {
    return this.#underWay.size;
  }

  get waiting(): number {
    return this.#waiting.length + this.#arriving.length;
  }

  get isEmpty(): boolean {
    return this.underWay + this.waiting === 0;
  }

  add(held: HeldRequest): void {
    this.#waiting.add(held.holder, held);
  }

  /** Lets in, in turn, who has a place to have; says how many. @param most that may come in now */
  letIn(most: number): number {
    let entered = 0;
    while (entered < most && this.#places.free > 0) {
      const held = this.#waiting.take({
        ofGroup: (network) => this.#places.hasRoomFor(network),
        ofMember: (holder) => this.#places.hasRoomForMember(holder),
      });
      if (held === undefined) break;
      if (!held.isGone && this.#enter(held)) entered += 1;
    }
    return entered;
  }

  /**
   * Notes that a request has to wait, where it does; not so, if another one of its connection does: it is to be dropped then.
   */
  hasToWait(held: HeldRequest): boolean {
    const { socket } = held.request;
    if (held.hasEntered || held.isGone) return true;
    if (this.#connections.has(socket)) return false;
    this.#connections.add(socket);
    return true;
  }

  /** Gives back what nobody needs any more; returns those who have waited long enough. */
  lookAround(now: number, patienceMs: number): HeldRequest[] {
    for (const held of this.#underWay.keys()) if (held.hasDone(now)) this.#leave(held);
    const stillArriving: HeldRequest[] = [];
    for (const held of this.#arriving) {
      if (held.isGone) continue;
      if (held.hasArrived) this.#waiting.add(held.holder, held);
      else stillArriving.push(held);
    }
    this.#arriving = stillArriving;
    let mayLeave = LEAVING_AT_ONCE + Math.ceil(this.#waiting.length / 50);
    const leaving = this.#waiting.takeWhere((held) => {
      if (held.isGone) return true;
      if (mayLeave === 0 || held.waitedMs(now) < patienceMs) return false;
      mayLeave -= 1;
      return true;
    });
    return leaving.filter((held) => {
      this.#connections.delete(held.request.socket);
      return !held.isGone;
    });
  }

  /** Takes out all that wait, but for those who have gone. */
  giveUp(): HeldRequest[] {
    const all = [...this.#waiting.takeWhere(() => true), ...this.#arriving];
    this.#arriving = [];
    return all.filter((held) => !held.isGone);
  }

  #enter(held: HeldRequest): boolean {
    const { holder, request } = held;
    const isSlow = !held.hasArrived;
    if (isSlow && !this.#slow.take(holder.group)) {
      this.#arriving.push(held);
      return false;
    }
    this.#places.take(holder);
    this.#underWay.set(held, isSlow);
    this.#connections.delete(request.socket);
    held.enter(() => {
      this.#leave(held);
    });
    return true;
  }

  #leave(held: HeldRequest): void {
    const isSlow = this.#underWay.get(held);
    if (!this.#underWay.delete(held)) return;
    this.#places.leave(held.holder);
    if (isSlow === true) this.#slow.leave(held.holder.group);
    this.onPlaceLeft();
  }
}
