/** Whether an owner has stopped all split keys of a wallet, those too that are made later. */
export interface Freeze {
  readonly isFrozen: boolean;
  /** Since when it is so, in seconds since 1970; 0 = it was never frozen. */
  readonly sinceSeconds: number;
}
