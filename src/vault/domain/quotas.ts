/** How many there may be at once; 0 is as many as anybody likes. */
export interface Quotas {
  /** Of one user. */
  readonly walletsPerUser: number;
  /** Live ones: neither revoked nor expired. */
  readonly splitKeysPerWallet: number;
}
