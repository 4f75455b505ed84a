import { SERVICE_SEALED } from '../errors/service-sealed.js';

/** What somebody does who works with secrets: lets go of them, and takes them up again. */
export interface Sealable {
  /** Resolves when nothing is done with them any more. */
  readonly seal: () => Promise<void>;
  /** Rejects when they cannot be had. */
  readonly unseal: () => Promise<void>;
}

/**
 * Whether the service is sealed: an operator's emergency stop. From the call on nothing new begins that wants a secret;
 * when it resolves, what was under way has ended and the keys were let go of.
 */
export class ServiceSeal {
  readonly #parts: Sealable[] = [];
  #keys: Sealable | undefined;
  #isSealed = false;
  #changing: Promise<void> | undefined;

  get isSealed(): boolean {
    return this.#isSealed;
  }

  /** To be called before the server listens. Sealed in this order, and unsealed in the other. */
  add(part: Sealable): void {
    this.#parts.push(part);
  }

  /** The keys that all parts use: let go of when these have ended, and taken up before they begin. */
  keep(keys: Sealable): void {
    this.#keys = keys;
  }

  /** Throws `SERVICE.SEALED`. For whoever is about to begin something; the keys themselves refuse as well. */
  demandOpen(): void {
    if (this.#isSealed) throw SERVICE_SEALED;
  }

  /** Resolves with whether it was open before. */
  async seal(): Promise<boolean> {
    await this.#changing?.catch(() => undefined);
    if (this.#isSealed) return false;
    this.#isSealed = true;
    await this.#change(async () => {
      for (const part of this.#inOrder()) await part.seal();
    });
    return true;
  }

  /** Resolves with whether it was sealed before. Rejects, sealed as it was, when the keys cannot be had. */
  async unseal(): Promise<boolean> {
    await this.#changing?.catch(() => undefined);
    if (!this.#isSealed) return false;
    await this.#change(async () => {
      const open: Sealable[] = [];
      try {
        for (const part of this.#inOrder().toReversed()) {
          open.push(part);
          await part.unseal();
        }
      } catch (error) {
        for (const part of open.toReversed()) await part.seal();
        throw error;
      }
    });
    this.#isSealed = false;
    return true;
  }

  #inOrder(): readonly Sealable[] {
    return this.#keys === undefined ? this.#parts : [...this.#parts, this.#keys];
  }

  async #change(work: () => Promise<void>): Promise<void> {
    const changing = work();
    this.#changing = changing;
    try {
      await changing;
    } finally {
      this.#changing = undefined;
    }
  }
}
