/** What is read of a transaction whose `hash` the configuration says to trust (`TXN_VERIFICATION=trust-hash`). */
export interface TrustedTransaction {
  /** 64 lower-case hex digits, as claimed by the client. */
  readonly hash: string;
  /** 64 lower-case hex digits. */
  readonly clientId: string;
  /** `transaction_data`, the raw string. */
  readonly data: string;
  /** The user's partial signature, unchecked; undefined when absent or empty. */
  readonly signature: string | undefined;
  /** The whole document as it came, unknown fields and all. */
  readonly text: string;
}

/**
 * A transaction, parsed under the strict grammar. Its hash covers `creationDateSeconds`, `nonce`, `clientId`,
 * `toClientId`, `valueSas` and `data`; nothing else of it is signed, so nothing may be concluded from
 * `type` or `feeSas` that the holder of the signature could not change afterwards.
 */
export interface Transaction extends TrustedTransaction {
  /** 64 lower-case hex digits, or empty. */
  readonly toClientId: string;
  /** uint64, in SAS (10^-10 ZCN). */
  readonly valueSas: bigint;
  /** uint64, in SAS; 0 when absent or null. Not signed. */
  readonly feeSas: bigint;
  /** 0 to 2^63-1. */
  readonly nonce: bigint;
  /** Unix seconds, 0 to 2^63-1; 0 when absent or null. */
  readonly creationDateSeconds: bigint;
  /** 0 = transfer, 10 = data, 1000 = smart contract; other numbers mean nothing on the chain. Not signed. */
  readonly type: bigint;
}
