import { MalformedEncodingError } from '../../bls0chain/malformed-encoding-error.js';
import { MclCodec } from '../mcl-codec.js';
import { inMclFrame } from '../mcl-frame.js';
import { MCL_SIZES } from '../mcl-module.js';
import type { Pointer } from '../mcl-module.js';
import { isMessage } from '../../bls0chain/scalar.js';
import type { CoSignRequest } from './co-sign-request.js';
import type { MclRawParts } from './mcl-raw-parts.js';
import type { PreparedKey } from './pairing-product.js';

/** A combined signature that nobody has verified yet, at a row of its own in {@link Candidates}. */
export interface Candidate {
  /** The request's place among the requests. */
  readonly request: number;
  readonly key: PreparedKey;
}

/**
 * Rows of hashes and combined signatures in WebAssembly's heap, one after the other as the batch equation needs them.
 * An unverified combined signature gives away the server's partial, so the rows are wiped after each batch.
 */
export class Candidates {
  readonly #mod: MclRawParts;
  readonly #codec: MclCodec;
  readonly #hashes: Pointer;
  readonly #signatures: Pointer;
  readonly #bytes: number;
  #rows: Candidate[] = [];

  constructor(mod: MclRawParts, capacity: number) {
    this.#mod = mod;
    this.#codec = new MclCodec(mod);
    this.#bytes = capacity * MCL_SIZES.g1;
    this.#hashes = mod._malloc(this.#bytes);
    this.#signatures = mod._malloc(this.#bytes);
  }

  get rows(): readonly Candidate[] {
    return this.#rows;
  }

  /** The message of a row, hashed to a point of G1; those of the next rows follow. */
  hashAt(row: number): Pointer {
    return this.#hashes + row * MCL_SIZES.g1;
  }

  /** The combined signature of a row as a point of G1; those of the next rows follow. */
  signatureAt(row: number): Pointer {
    return this.#signatures + row * MCL_SIZES.g1;
  }

  /**
   * Makes the server's partial, adds the user's and keeps the sum in a new row. Makes no row for a request whose
   * message, user partial or server share is malformed, or whose partials cancel out.
   */
  add(request: number, { message, userPartial, serverShare }: CoSignRequest, key: PreparedKey): void {
    if (!isMessage(message)) return;
    const row = this.#rows.length;
    try {
      const cancelled = inMclFrame(this.#mod, (frame) => {
        const user = this.#codec.g1(frame, userPartial, 'user partial');
        const share = this.#codec.secret(frame, serverShare);
        const hashed = this.hashAt(row);
        const failed = this.#mod._mclBnG1_hashAndMapTo(hashed, frame.put(message), message.length);
        if (failed !== 0) throw new MalformedEncodingError('message', 'has no image in G1');
        const server = frame.allocate(MCL_SIZES.g1);
        this.#mod._mclBnG1_mulCT(server, hashed, share);
        this.#mod._mclBnG1_add(this.signatureAt(row), user, server);
        return this.#mod._mclBnG1_isZero(this.signatureAt(row)) === 1;
      });
      if (!cancelled) this.#rows.push({ request, key });
    } catch (error) {
      if (!(error instanceof MalformedEncodingError)) throw error;
    }
  }

  /** Brings all signatures to affine form with one inversion, so that encoding and adding them is cheap. */
  normalise(): void {
    const signatures = this.#signatures;
    if (this.#rows.length > 0) this.#mod._mclBnG1_normalizeVec(signatures, signatures, this.#rows.length);
  }

  /** The combined signature of a row in 32 bytes. */
  encode(row: number): Uint8Array {
    return inMclFrame(this.#mod, (frame) => this.#codec.g1Bytes(frame, this.signatureAt(row)));
  }

  wipe(): void {
    this.#rows = [];
    this.#mod.HEAP8.fill(0, this.#hashes, this.#hashes + this.#bytes);
    this.#mod.HEAP8.fill(0, this.#signatures, this.#signatures + this.#bytes);
  }
}
