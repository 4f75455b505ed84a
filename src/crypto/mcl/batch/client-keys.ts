import { MalformedEncodingError } from '../../bls0chain/malformed-encoding-error.js';
import { MclCodec } from '../mcl-codec.js';
import { inMclFrame } from '../mcl-frame.js';
import { MCL_SIZES } from '../mcl-module.js';
import { BoundedCache } from './bounded-cache.js';
import type { CacheCounters } from './bounded-cache.js';
import type { MclRawParts } from './mcl-raw-parts.js';
import type { PairingProduct, PreparedKey } from './pairing-product.js';

/** How many keys are kept; the defaults take about 18 MB and 6 MB. */
export interface ClientKeyLimits {
  /** Keys that are ready for the Miller loop (9 KB each): of wallets that sign often. */
  readonly preparedKeys: number;
  /** Keys that are decoded and known to be of order r (288 bytes each): saves the better part of a millisecond. */
  readonly decodedKeys: number;
}

/** A client key's decoding never changes, so both steps are kept. Malformed keys are not. */
export class ClientKeys {
  readonly #mod: MclRawParts;
  readonly #codec: MclCodec;
  readonly #product: PairingProduct;
  readonly #prepared: BoundedCache<PreparedKey>;
  readonly #decoded: BoundedCache<Int8Array>;

  constructor(mod: MclRawParts, product: PairingProduct, limits: ClientKeyLimits) {
    this.#mod = mod;
    this.#codec = new MclCodec(mod);
    this.#product = product;
    this.#prepared = new BoundedCache(limits.preparedKeys);
    this.#decoded = new BoundedCache(limits.decodedKeys);
  }

  /**
   * The key made ready, or `undefined` for bytes that are not the canonical encoding of a point of G2 other than the
   * identity. `name` stands for the same bytes (see {@link clientKeyName}).
   */
  find(clientKey: Uint8Array, name: string): PreparedKey | undefined {
    try {
      return this.#prepared.getOrMake(name, () =>
        this.#product.prepare(this.#decoded.getOrMake(name, () => this.#decode(clientKey))),
      );
    } catch (error) {
      if (error instanceof MalformedEncodingError) return undefined;
      throw error;
    }
  }

  counters(): { readonly prepared: CacheCounters; readonly decoded: CacheCounters } {
    return { prepared: this.#prepared.counters(), decoded: this.#decoded.counters() };
  }

  #decode(clientKey: Uint8Array): Int8Array {
    return inMclFrame(this.#mod, (frame) => {
      const point = this.#codec.g2(frame, clientKey, 'client key');
      return this.#mod.HEAP8.slice(point, point + MCL_SIZES.g2);
    });
  }
}

/** Each byte as one character: the cheapest exact name of an array. */
export function clientKeyName(clientKey: Uint8Array): string {
  return Buffer.from(clientKey.buffer, clientKey.byteOffset, clientKey.length).toString('latin1');
}
