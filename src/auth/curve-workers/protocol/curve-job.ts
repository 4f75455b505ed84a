/**
 * What the HTTP thread asks of a curve worker, and what comes back. Bytes only: both cross a thread boundary, and
 * nothing here is a secret in the clear (the share is sealed, everything else is public).
 */
export interface CoSignJob {
  readonly kind: 'co-sign';
  readonly sealedShare: Uint8Array;
  /** The row that the share was sealed for. */
  readonly shareId: string;
  /** By `nameOfWallet`. */
  readonly wallet: string;
  /** 64 bytes */
  readonly clientKey: Uint8Array;
  /** 64 bytes: the user share's public key. */
  readonly userKey: Uint8Array;
  /** From 1 to 1,024 bytes. */
  readonly message: Uint8Array;
  /** 32 bytes, as they came. */
  readonly userPartial: Uint8Array;
}

/** Whether a partial is the user share's; touches no secret. */
export interface CheckPartialJob {
  readonly kind: 'check-partial';
  readonly shareId: string;
  readonly userKey: Uint8Array;
  readonly message: Uint8Array;
  readonly userPartial: Uint8Array;
}

export type CurveJob = CoSignJob | CheckPartialJob;

export type CurveResult =
  /** The combined signature, verified under the client key. */
  | { readonly outcome: 'signed'; readonly signature: Uint8Array }
  /** The partial is the user share's (the answer to `check-partial`). */
  | { readonly outcome: 'users-own' }
  /** The partial verifies under no key that it should. */
  | { readonly outcome: 'wrong-partial' }
  /** The partial is no point of the curve; says why. */
  | { readonly outcome: 'malformed-partial'; readonly reason: string }
  /** The partial is right, but our own half could not be made. */
  | { readonly outcome: 'failed'; readonly reason: string };
