/** What time it is, as far as it can be told. */
export interface Moment {
  /** Since the Unix epoch. */
  readonly milliseconds: number;
  /** How late it may be: more than that while the machine's clock has jumped ahead and is not yet believed. */
  readonly latestMilliseconds: number;
  /** Both in whole seconds, rounded down, as the wire counts time. */
  readonly seconds: number;
  readonly latestSeconds: number;
  /** Whether the machine's clock says much less than it did: then nothing can be decided by the time. */
  readonly isBehind: boolean;
}

/** The time, injected so that tests decide what "now" is instead of sleeping. */
export abstract class Clock {
  /** Milliseconds since the Unix epoch. */
  abstract nowMilliseconds(): number;

  /** Whole seconds since the Unix epoch, rounded down, as the wire counts time. */
  nowSeconds(): number {
    return Math.floor(this.nowMilliseconds() / 1000);
  }

  /** What whoever decides by the time needs to know of it. */
  moment(): Moment {
    const milliseconds = this.nowMilliseconds();
    return momentBetween(milliseconds, milliseconds);
  }

  /** Why the time cannot be believed at present, for humans; `undefined` when it can. Then nothing may be destroyed. */
  doubt(): string | undefined {
    return undefined;
  }
}

/** A moment that lies between two, the machine's clock not being behind unless it is said to be. */
export function momentBetween(milliseconds: number, latestMilliseconds: number, isBehind = false): Moment {
  const [seconds, latestSeconds] = [Math.floor(milliseconds / 1000), Math.floor(latestMilliseconds / 1000)];
  return { milliseconds, latestMilliseconds, seconds, latestSeconds, isBehind };
}

/** The machine's own clock, whatever it says. */
export class SystemClock extends Clock {
  override nowMilliseconds(): number {
    return Date.now();
  }
}
