/** How a {@link BoundedCache} did since it was made; `entries` and `bytes` are as of now. */
export interface CacheCounters {
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
  readonly entries: number;
  readonly bytes: number;
}

/**
 * An LRU cache: keeps up to `capacity` values (at least one), and the least recently used goes first. Only for what
 * cannot change, since nothing ever expires. `bytes` counts the values' own bytes, without the keys and the map.
 */
export class BoundedCache<Value extends { readonly byteLength: number }> {
  readonly #capacity: number;
  /** In the order of last use, which is the order of insertion here. */
  readonly #values = new Map<string, Value>();
  #hits = 0;
  #misses = 0;
  #evictions = 0;
  #bytes = 0;

  constructor(capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) throw new RangeError('a cache holds at least one value');
    this.#capacity = capacity;
  }

  /** The value kept under `name`, or else what `make` returns, which is then kept. What `make` throws is not kept. */
  getOrMake(name: string, make: () => Value): Value {
    const kept = this.#values.get(name);
    if (kept !== undefined) {
      this.#hits++;
      this.#values.delete(name);
      this.#values.set(name, kept);
      return kept;
    }
    this.#misses++;
    const made = make();
    this.#values.set(name, made);
    this.#bytes += made.byteLength;
    this.#dropOldest();
    return made;
  }

  counters(): CacheCounters {
    return {
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
      entries: this.#values.size,
      bytes: this.#bytes,
    };
  }

  #dropOldest(): void {
    if (this.#values.size <= this.#capacity) return;
    for (const [name, value] of this.#values) {
      this.#values.delete(name);
      this.#bytes -= value.byteLength;
      this.#evictions++;
      return;
    }
  }
}
