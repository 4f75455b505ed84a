import { Clock } from '../../src/clock/clock.js';

/** A clock that stands still until it is told to move; it starts at the real time, so that real tokens are valid. */
export class TestClock extends Clock {
  #milliseconds = Date.now();
  /** Why the time is not to be believed. */
  doubted: string | undefined;

  override nowMilliseconds(): number {
    return this.#milliseconds;
  }

  override doubt(): string | undefined {
    return this.doubted;
  }

  setMilliseconds(milliseconds: number): void {
    this.#milliseconds = milliseconds;
  }

  advanceMilliseconds(milliseconds: number): void {
    this.#milliseconds += milliseconds;
  }

  advanceSeconds(seconds: number): void {
    this.advanceMilliseconds(seconds * 1000);
  }
}
