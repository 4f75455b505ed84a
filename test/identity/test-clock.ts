import { Clock } from '../../src/clock/clock.js';

/** A clock that a test sets. It starts in 2027, so that nothing passes by looking at the machine's own. */
export class TestClock extends Clock {
  #milliseconds = 1_800_000_000_000;

  override nowMilliseconds(): number {
    return this.#milliseconds;
  }

  advanceSeconds(seconds: number): void {
    this.#milliseconds += seconds * 1000;
  }
}
