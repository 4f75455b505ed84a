import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { UserId } from '../../identity/user-id.js';

/** What an answer told of: it is erased when that ends. */
export interface AnswerSubject {
  readonly walletId: string;
  readonly splitKeyId?: string | undefined;
  /** Set for the answer to a sharing. */
  readonly sharedTo?: UserId | undefined;
}

/** An answer that is kept, all but its text. */
export interface KeptAnswer {
  /** A keyed hash of what was asked: method, path and body. */
  readonly requestHash: Uint8Array;
  readonly about: AnswerSubject;
  readonly createdAtMilliseconds: number;
}

/** A kept answer, opened to be given again. */
export interface OpenedAnswer {
  readonly text: string;
  readonly clientId: ClientId;
  /** Of the split key that it tells of. */
  readonly publicKeyHex?: PublicKeyHex;
  /** Whether the split key's user share is in it. */
  readonly showsShare?: boolean;
}

/** A call that may be repeated, by the header `Idempotency-Key`. */
export interface RepeatableCall {
  /** As the client chose it: 1 to 255 visible ASCII characters. */
  readonly idempotencyKey: string;
  /** What was asked, in parts: method, path with query, body. */
  readonly asked: readonly (string | Uint8Array)[];
  /** Has the answer say that it is a repetition. */
  readonly tellRepeated: () => void;
}
