import type { SecretBytes } from '../crypto/secret-bytes.js';
import { OneAtATime } from '../fairness/one-at-a-time.js';
import { SERVICE_SEALED } from '../errors/service-sealed.js';

/** What somebody does who works with secrets: lets go of them, and takes them up again. */
export interface Sealable {
  /** Resolves when nothing is done with them any more. */
  readonly seal: () => Promise<void>;
  /** Rejects when they cannot be had. */
  readonly unseal: () => Promise<void>;
}

/** The keys themselves. */
export interface SealableKeys {
  readonly seal: () => Promise<void>;
  /** @param passphrase that an operator typed, to be wiped */
  readonly unseal: (passphrase?: SecretBytes) => Promise<void>;
}

/**
 * Whether the service is sealed: an operator's emergency stop. From the call on nothing new begins that wants a secret;
 * when it resolves, what was under way has ended and the keys were let go of. Orders are carried out one after the other.
 */
export class ServiceSeal {
  readonly #parts: Sealable[] = [];
  #keys: SealableKeys | undefined;
  #isSealed = false;
  /** Whoever seals must not find the keys taken up again by somebody who began before. */
  readonly #turns = new OneAtATime();

  get isSealed(): boolean {
    return this.#isSealed;
  }

  /** To be called before the server listens. Sealed in this order, and unsealed in the other. */
  add(part: Sealable): void {
    this.#parts.push(part);
  }

  /** The keys that all parts use: let go of when these have ended, and taken up before they begin. */
  keep(keys: SealableKeys): void {
    this.#keys = keys;
  }

  /** Throws `SERVICE.SEALED`. For whoever is about to begin something; the keys themselves refuse as well. */
  demandOpen(): void {
    if (this.#isSealed) throw SERVICE_SEALED;
  }

  /** Resolves with whether it was open before. Rejects, sealed all the same, when a part could not end. */
  seal(): Promise<boolean> {
    return this.#turns.run(async () => {
      if (this.#isSealed) return false;
      this.#isSealed = true;
      await sealAll(this.#inOrder());
      return true;
    });
  }

  /**
   * Resolves with whether it was sealed before. Rejects, sealed as it was, when the keys cannot be had.
   *
   * @param passphrase that an operator typed, wiped here
   */
  unseal(passphrase?: SecretBytes): Promise<boolean> {
    return this.#turns.run(() => this.#unseal(passphrase)).finally(() => passphrase?.wipe());
  }

  async #unseal(passphrase: SecretBytes | undefined): Promise<boolean> {
    if (!this.#isSealed) return false;
    const opened: Sealable[] = [];
    try {
      for (const part of this.#inOrder(passphrase).toReversed()) {
        opened.unshift(part);
        await part.unseal();
      }
    } catch (error) {
      await sealAll(opened);
      throw error;
    }
    this.#isSealed = false;
    return true;
  }

  #inOrder(passphrase?: SecretBytes): readonly Sealable[] {
    const keys = this.#keys;
    if (keys === undefined) return this.#parts;
    return [...this.#parts, { seal: keys.seal, unseal: () => keys.unseal(passphrase) }];
  }
}

/** Each of them, whatever became of those before: the keys are let go of last. Rejects with the first failure. */
async function sealAll(parts: readonly Sealable[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await part.seal().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
