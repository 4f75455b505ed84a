import { setTimeout } from 'node:timers/promises';

/** Why something is not ready: one line without secrets, paths or what callers sent. `undefined` when it is ready. */
export type Objection = string | undefined;

/** Health checks of platforms give up after a second. */
const PATIENCE_MS = 800;

/**
 * What must hold for the service to do its work, by name. Each part of it adds its own checks; `/health/ready` looks at
 * all of them. Whoever may reach the port can ask, as often as they like, so a check must cost little however often it
 * is made.
 */
export class Readiness {
  readonly #checks = new Checks();
  readonly #warnings = new Checks();

  /** To be called before the server listens. Throws when there is a check of this name already. */
  add(name: string, check: Check): void {
    this.#checks.add(name, check);
  }

  /** As {@link add}, for what leaves the service ready and its operator should mend all the same. */
  warn(name: string, check: Check): void {
    this.#warnings.add(name, check);
  }

  /** Every check's objection, by its name, in the order in which they were added. Never rejects. */
  look(): Promise<ReadonlyMap<string, Objection>> {
    return this.#checks.look();
  }

  /** What is to be warned of at present, a line each: the name of the check and its objection. Never rejects. */
  async warnings(): Promise<readonly string[]> {
    const looked = [...(await this.#warnings.look())];
    return looked.flatMap(([name, objection]) => (objection === undefined ? [] : [`${name}: ${objection}`]));
  }
}

type Check = () => Objection | Promise<Objection>;

class Checks {
  readonly #checks = new Map<string, Check>();
  #look: Promise<ReadonlyMap<string, Objection>> | undefined;

  add(name: string, check: Check): void {
    if (this.#checks.has(name)) throw new Error(`there are two readiness checks named ${name}`);
    this.#checks.set(name, check);
  }

  look(): Promise<ReadonlyMap<string, Objection>> {
    // Those who ask while it is being looked see the same.
    this.#look ??= this.#lookNow().finally(() => (this.#look = undefined));
    return this.#look;
  }

  async #lookNow(): Promise<ReadonlyMap<string, Objection>> {
    const looked = [...this.#checks].map(async ([name, check]) => [name, await objectionOf(check)] as const);
    return new Map(await Promise.all(looked));
  }
}

async function objectionOf(check: Check): Promise<Objection> {
  const waiting = new AbortController();
  const tooLong = setTimeout(PATIENCE_MS, 'it could not be checked in time', { signal: waiting.signal });
  // Of the two the other one may reject when nobody listens any more.
  tooLong.catch(() => undefined);
  try {
    return await Promise.race([Promise.resolve().then(check), tooLong]);
  } catch {
    return 'it could not be checked';
  } finally {
    waiting.abort();
  }
}
