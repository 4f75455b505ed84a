import type { TimeSource } from '../../src/clock/guarded-clock.js';

/** A machine's time, moved by hand: what passes does so on both clocks, and what is set is set on the wall's alone. */
export class MovedTime implements TimeSource {
  #wallMs: number;
  #monotonicMs = 1_000;

  /** @param seconds since the Unix epoch */
  constructor(seconds: number) {
    this.#wallMs = seconds * 1000;
  }

  readonly wall = (): number => this.#wallMs;
  readonly monotonic = (): number => this.#monotonicMs;

  pass(seconds: number): void {
    this.#wallMs += seconds * 1000;
    this.#monotonicMs += seconds * 1000;
  }

  set(seconds: number): void {
    this.#wallMs = seconds * 1000;
  }
}
