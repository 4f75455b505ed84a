import { Clock, momentBetween } from './clock.js';
import type { Moment } from './clock.js';

/** Where time comes from, in milliseconds. */
export interface TimeSource {
  /** Since the Unix epoch, as the machine says. It may jump either way. */
  readonly wall: () => number;
  /** Since some moment of this process; it never goes back. */
  readonly monotonic: () => number;
}

export const MACHINE_TIME: TimeSource = { wall: () => Date.now(), monotonic: () => performance.now() };

interface Reading {
  readonly wall: number;
  readonly monotonic: number;
}

/**
 * The machine's clock, held against the time that was believed before and the monotonic time since (docs/adr/0028).
 *
 * It never goes back: what had expired stays expired, and nothing that is counted by time is freed. A clock that is
 * behind by more than the tolerance is in doubt; time goes on by the monotonic clock meanwhile. One that has jumped ahead
 * by more is believed when it has gone on in step with the monotonic clock for as long as the tolerance; until then it
 * may be as late as it says, and is taken to be no later than it was.
 */
export class GuardedClock extends Clock {
  readonly #toleranceMs: number;
  readonly #source: TimeSource;
  /** The latest reading that was believed: from here the monotonic time tells what is to be expected. */
  #believed: Reading;
  /** The first reading of a jump ahead that is not believed yet. */
  #ahead: Reading | undefined;
  #isBehind = false;
  /** The latest time that was told. */
  #told = 0;

  constructor(toleranceSeconds: number, source: TimeSource = MACHINE_TIME) {
    super();
    this.#toleranceMs = toleranceSeconds * 1000;
    this.#source = source;
    this.#believed = this.#read();
  }

  /**
   * Goes on from the time that was believed when the service last ran. To be called once, at the start.
   *
   * @param milliseconds since the epoch; 0 when nothing is known
   */
  goOnFrom(milliseconds: number): void {
    const { wall, monotonic } = this.#read();
    this.#told = Math.max(this.#told, milliseconds);
    // However late it is by now: while nothing ran, nothing could tell a jump from a long pause.
    this.#believed = { wall: wall < milliseconds - this.#toleranceMs ? milliseconds : wall, monotonic };
    this.nowMilliseconds();
  }

  override nowMilliseconds(): number {
    const reading = this.#read();
    this.#told = Math.max(this.#told, this.#judge(reading));
    return Math.floor(this.#told);
  }

  override moment(): Moment {
    const now = this.nowMilliseconds();
    const latest = this.#ahead === undefined ? now : Math.max(now, Math.floor(this.#source.wall()));
    return momentBetween(now, latest, this.#isBehind);
  }

  override doubt(): string | undefined {
    this.nowMilliseconds();
    if (this.#isBehind) {
      return 'the machine’s clock is behind what it had shown before: set it right, or accept it (npm run accept-time)';
    }
    return this.#ahead === undefined ? undefined : 'the machine’s clock has jumped ahead and is not believed yet';
  }

  /** What time it is by this reading. */
  #judge(reading: Reading): number {
    const expected = this.#believed.wall + since(this.#believed, reading);
    const drift = reading.wall - expected;
    this.#isBehind = drift < -this.#toleranceMs;
    if (drift > this.#toleranceMs) return this.#judgeAhead(reading, expected);
    this.#ahead = undefined;
    if (this.#isBehind) return expected;
    // What it is behind adds up: or else many small steps back would keep expired keys alive and be noticed by nobody.
    if (drift > 0) this.#believed = reading;
    return reading.wall;
  }

  #judgeAhead(reading: Reading, expected: number): number {
    const jump = this.#ahead;
    const isInStep =
      jump !== undefined && Math.abs(reading.wall - jump.wall - since(jump, reading)) <= this.#toleranceMs;
    if (jump === undefined || !isInStep) {
      this.#ahead = reading;
      return expected;
    }
    if (since(jump, reading) < this.#toleranceMs) return expected;
    this.#ahead = undefined;
    this.#believed = reading;
    return reading.wall;
  }

  #read(): Reading {
    return { wall: this.#source.wall(), monotonic: this.#source.monotonic() };
  }
}

function since(earlier: Reading, later: Reading): number {
  return later.monotonic - earlier.monotonic;
}
