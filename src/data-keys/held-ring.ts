import { createSealer } from '../crypto/sealing/create-sealer.js';
import type { KeyRing } from '../crypto/sealing/data-key.js';
import type { SealedPlace } from '../crypto/sealing/sealed-place.js';
import type { Sealer } from '../crypto/sealing/sealer.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import { SERVICE_SEALED } from '../errors/service-sealed.js';

/**
 * A key ring that can be let go of while the service runs, and the sealer of it. A key object cannot be overwritten from
 * here: Node frees its bytes when nothing refers to it any more, and the garbage collector has run.
 */
export class HeldRing implements Sealer {
  #ring: KeyRing | undefined;
  #sealer: Sealer | undefined;
  readonly #followers: ((ring: KeyRing) => void)[] = [];

  constructor(ring: KeyRing) {
    this.take(ring);
  }

  /** Throws `SERVICE.SEALED`, as sealing and opening do, while there is none. */
  get ring(): KeyRing {
    if (this.#ring === undefined) throw SERVICE_SEALED;
    return this.#ring;
  }

  /** Throws `SERVICE.SEALED` while there is none. */
  demand(): void {
    if (this.#ring === undefined) throw SERVICE_SEALED;
  }

  get keyId(): string {
    return this.#open.keyId;
  }

  seal(plaintext: SecretBytes, place: SealedPlace): Uint8Array {
    return this.#open.seal(plaintext, place);
  }

  open(envelope: Uint8Array, place: SealedPlace): SecretBytes {
    return this.#open.open(envelope, place);
  }

  /** Has somebody told of each ring that is to be taken while another is held, before anything is sealed under it. */
  follow(follower: (ring: KeyRing) => void): void {
    this.#followers.push(follower);
  }

  /** Takes a ring in the place of the one that is held, which it must open as well. Throws `SERVICE.SEALED`. */
  renew(ring: KeyRing): void {
    this.demand();
    for (const follower of this.#followers) follower(ring);
    this.take(ring);
  }

  take(ring: KeyRing): void {
    this.#ring = ring;
    this.#sealer = createSealer(ring);
  }

  drop(): void {
    this.#ring = undefined;
    this.#sealer = undefined;
  }

  get #open(): Sealer {
    if (this.#sealer === undefined) throw SERVICE_SEALED;
    return this.#sealer;
  }
}
