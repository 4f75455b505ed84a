import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock/clock.js';

const CODE_BYTES = 32;
/** From the start of the service until somebody has clicked. */
const LIFETIME_MS = 10 * 60 * 1000;

/**
 * Codes that sign in once, soon after they were given out. Whoever sees one later, in a terminal's history or a browser's,
 * has nothing. Kept are hashes alone.
 */
export class SignInCodes {
  readonly #ends = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** A new code: 43 characters of base64url. */
  issue(): string {
    const code = randomBytes(CODE_BYTES).toString('base64url');
    this.#ends.set(nameOf(code), this.clock.nowMilliseconds() + LIFETIME_MS);
    return code;
  }

  /** Whether the code is one that still signs in. From then on it is none. */
  redeem(code: string): boolean {
    const name = nameOf(code);
    const end = this.#ends.get(name);
    this.#ends.delete(name);
    return end !== undefined && this.clock.nowMilliseconds() < end;
  }
}

/** By their hashes they are looked up: how long that takes tells nothing of a code. */
function nameOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}
