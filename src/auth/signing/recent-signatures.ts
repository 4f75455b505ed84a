/** Signatures in one generation, of which two are kept: some ten MiB when both are full. */
const MOST_IN_GENERATION = 50_000;

/**
 * Which signatures have been made lately, to tell a new request from one that is sent again: a combined signature is the
 * same each time. Bounded, and forgotten at the end of the process; so it decides who pays, and nothing that matters more.
 */
export class RecentSignatures {
  #young = new Set<string>();
  #old = new Set<string>();

  /** @param mostInGeneration for tests; at least so many of the last ones are known */
  constructor(private readonly mostInGeneration = MOST_IN_GENERATION) {}

  /** Remembers a split key's signature; says whether it was not known. */
  isNew(shareId: string, signature: Uint8Array): boolean {
    const name = nameOf(shareId, signature);
    if (this.#young.has(name) || this.#old.has(name)) return false;
    if (this.#young.size >= this.mostInGeneration) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(name);
    return true;
  }

  /** Has one that was new a moment ago be new again. */
  forget(shareId: string, signature: Uint8Array): void {
    this.#young.delete(nameOf(shareId, signature));
  }
}

function nameOf(shareId: string, signature: Uint8Array): string {
  return `${shareId} ${Buffer.from(signature).toString('latin1')}`;
}
