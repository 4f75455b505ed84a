/** The time, injected so that tests decide what "now" is instead of sleeping. */
export abstract class Clock {
  /** Milliseconds since the Unix epoch. */
  abstract nowMilliseconds(): number;

  /** Whole seconds since the Unix epoch, rounded down, as the wire counts time. */
  nowSeconds(): number {
    return Math.floor(this.nowMilliseconds() / 1000);
  }
}

/** The machine's own clock. */
export class SystemClock extends Clock {
  override nowMilliseconds(): number {
    return Date.now();
  }
}
