import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { idOf } from './sealing/data-key.js';
import type { DataKey, KeyRing } from './sealing/data-key.js';
import { KEY_ID_BYTES } from './sealing/envelope.js';

/** HMAC-SHA-256 cut to its first half, as RFC 2104, section 5, allows: nobody can try more than rows are read. */
const TAG_BYTES = 16;

/** Texts whose code is remembered: some megabytes. A signature asks twice, and the next of the split key again. */
const MOST_REMEMBERED = 8192;

/**
 * Codes that say that rows of the database are as the service wrote them (*message authentication codes*): HMAC-SHA-256
 * under a key derived from the data key, behind the id of the data key, 24 bytes in all. A later data key makes the next
 * ones, and earlier ones verify.
 */
export class RowMac {
  readonly #current: string;
  readonly #keys: ReadonlyMap<string, KeyObject>;
  /** By the text: so it can never be another row's, or an old one. The oldest goes first. */
  readonly #remembered = new Map<string, Buffer>();

  constructor({ current, earlier }: KeyRing) {
    this.#current = idOf(current);
    this.#keys = new Map([current, ...earlier].map((key) => [idOf(key), macKey(key)]));
  }

  /** @param text says all of the row, and nothing that another row could say; see `textOfRow` */
  of(text: string): Buffer {
    const id = Buffer.from(this.#current, 'hex');
    return Buffer.concat([id, this.#tag(this.#current, text) ?? Buffer.alloc(0)]);
  }

  /** Whether the code is of this text. Absent, cut, or of a key that is not in the ring, it is of none. */
  verifies(text: string, mac: Uint8Array | null): boolean {
    if (mac?.byteLength !== KEY_ID_BYTES + TAG_BYTES) return false;
    const known = this.#remembered.get(text);
    if (known !== undefined && timingSafeEqual(known, mac)) return true;
    const tag = this.#tag(Buffer.from(mac.subarray(0, KEY_ID_BYTES)).toString('hex'), text);
    if (tag === undefined || !timingSafeEqual(tag, mac.subarray(KEY_ID_BYTES))) return false;
    this.#remember(text, Buffer.from(mac));
    return true;
  }

  #remember(text: string, mac: Buffer): void {
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= MOST_REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.set(text, mac);
  }

  #tag(id: string, text: string): Buffer | undefined {
    const key = this.#keys.get(id);
    return key === undefined ? undefined : createHmac('sha256', key).update(text).digest().subarray(0, TAG_BYTES);
  }
}

/** HKDF-Expand for one block, as `walletKey`: the data key itself authenticates nothing. */
function macKey({ key }: DataKey): KeyObject {
  const bytes = createHmac('sha256', key).update('split-key-kms/rows/1').update(Uint8Array.of(1)).digest();
  try {
    return createSecretKey(bytes);
  } finally {
    bytes.fill(0);
  }
}
