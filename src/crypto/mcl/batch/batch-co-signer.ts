import { inMclFrame } from '../mcl-frame.js';
import { loadGenerator } from '../mcl-generator.js';
import { MCL_SIZES } from '../mcl-module.js';
import type { MclModule } from '../mcl-module.js';
import { systemRandomBytes } from '../../random-bytes.js';
import type { RandomBytes } from '../../random-bytes.js';
import { BatchEquation } from './batch-equation.js';
import { bisect } from './bisect.js';
import type { CacheCounters } from './bounded-cache.js';
import { Candidates } from './candidates.js';
import { ClientKeys, clientKeyName } from './client-keys.js';
import type { ClientKeyLimits } from './client-keys.js';
import type { CoSignRequest } from './co-sign-request.js';
import { createLineProduct } from './line-product.js';
import { rawPartsOf } from './mcl-raw-parts.js';
import type { PreparedKey } from './pairing-product.js';
import { createPlainProduct } from './plain-product.js';
import { FACTORS_OF_SELF_TEST, assertCoSigns, assertSameProducts } from './self-test.js';

export interface BatchCoSignerOptions extends Partial<ClientKeyLimits> {
  /** Where the coefficients come from; the operating system's generator by default. */
  readonly random?: RandomBytes;
  /** The most requests that are checked together (default 64). More are taken in several batches. */
  readonly batchMax?: number;
  /** Kept lines with shared squarings (default), or mcl's own loop. Same answers. */
  readonly pairing?: 'lines' | 'plain';
}

/** The counters of what is kept of client keys. */
export interface ClientKeyCounters {
  readonly prepared: CacheCounters;
  readonly decoded: CacheCounters;
}

/**
 * Adds the server's partial signature to the user's, for many requests at once, and releases a combined signature only
 * if it verifies under the request's client key. Synchronous, for one thread; not to be entered twice.
 *
 * A wrong request costs its neighbours a few more checks but never their answers. Server shares go into WebAssembly as
 * bytes and leave nothing behind (see `mcl-frame.ts`).
 */
export class BatchCoSigner {
  readonly #mod: MclModule;
  readonly #batchMax: number;
  readonly #keys: ClientKeys;
  readonly #candidates: Candidates;
  readonly #equation: BatchEquation;

  /**
   * `mod` is a fresh module from `loadMclModule`, used by nothing else; what is allocated in it stays. Throws unless
   * the chain's generator, mcl's own pairing products and a published signature come out right: a changed mcl-wasm
   * must not go unnoticed.
   */
  constructor(mod: MclModule, options: BatchCoSignerOptions = {}) {
    const { random = systemRandomBytes, batchMax = 64, pairing = 'lines' } = options;
    const { preparedKeys = 2048, decodedKeys = 16_384 } = options;
    if (!Number.isSafeInteger(batchMax) || batchMax < 1) throw new RangeError('a batch has at least one request');
    const parts = rawPartsOf(mod);
    const createProduct = pairing === 'plain' ? createPlainProduct : createLineProduct;
    const product = createProduct(parts, Math.max(batchMax + 1, FACTORS_OF_SELF_TEST));
    const { point } = loadGenerator(mod);
    const generator = product.prepare(mod.HEAP8.slice(point, point + MCL_SIZES.g2));

    this.#mod = mod;
    this.#batchMax = batchMax;
    this.#candidates = new Candidates(parts, batchMax);
    this.#equation = new BatchEquation(parts, product, generator, random, batchMax);
    this.#keys = new ClientKeys(parts, product, { preparedKeys, decodedKeys });
    assertSameProducts(parts, product, point);
    const keysOfTheTest = new ClientKeys(parts, product, { preparedKeys: 1, decodedKeys: 1 });
    assertCoSigns((requests) => this.#cosign(keysOfTheTest, requests));
  }

  /**
   * For each request its combined signature (32 bytes), or `undefined` if any of its parts is malformed, the two
   * partials cancel out, or the sum does not verify under the client key. The order is the requests'.
   *
   * Throws, without an answer to any of them, if the random source is broken or a server share was already wiped.
   */
  cosign(requests: readonly CoSignRequest[]): (Uint8Array | undefined)[] {
    return this.#cosign(this.#keys, requests);
  }

  /** How the kept client keys serve. */
  counters(): ClientKeyCounters {
    return this.#keys.counters();
  }

  #cosign(keys: ClientKeys, requests: readonly CoSignRequest[]): (Uint8Array | undefined)[] {
    const answers: (Uint8Array | undefined)[] = [];
    for (let first = 0; first < requests.length; first += this.#batchMax) {
      answers.push(...this.#cosignBatch(keys, requests.slice(first, first + this.#batchMax)));
    }
    return answers;
  }

  #cosignBatch(keys: ClientKeys, requests: readonly CoSignRequest[]): (Uint8Array | undefined)[] {
    const candidates = this.#candidates;
    // The outer frame clears what the calls on unverified signatures leave on the stack.
    return inMclFrame(this.#mod, () => {
      try {
        this.#addCandidates(keys, requests);
        candidates.normalise();
        const verified = bisect(candidates.rows.length, (first, count) =>
          this.#equation.holds(candidates, first, count),
        );
        const answers = new Array<Uint8Array | undefined>(requests.length).fill(undefined);
        for (const [row, { request }] of candidates.rows.entries()) {
          if (verified[row] === true) answers[request] = candidates.encode(row);
        }
        return answers;
      } finally {
        candidates.wipe();
      }
    });
  }

  /** Row by row, those of each client key together, so that each key is one factor of the batch equation. */
  #addCandidates(keys: ClientKeys, requests: readonly CoSignRequest[]): void {
    const groups = new Map<string, Group>();
    for (const [index, request] of requests.entries()) {
      const name = clientKeyName(request.clientKey);
      const group = groups.get(name);
      if (group !== undefined) group.members.push([index, request]);
      else groups.set(name, { key: keys.find(request.clientKey, name), members: [[index, request]] });
    }
    for (const { key, members } of groups.values()) {
      if (key === undefined) continue;
      for (const [index, request] of members) this.#candidates.add(index, request, key);
    }
  }
}

/** The requests of one client key, with their places; without a key if it is malformed. */
interface Group {
  readonly key: PreparedKey | undefined;
  readonly members: [index: number, request: CoSignRequest][];
}
