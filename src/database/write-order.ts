/** How important a write is, the most important first: what protects goes before what makes. */
export const WRITE_LANES = [
  /** Revoking, restricting, deleting: somebody may be in a hurry. */
  'protective',
  /** Signatures, in groups. */
  'signing',
  /** What is recorded of reads and refusals, and what is shared. */
  'ordinary',
  /** New wallets and keys. */
  'making',
] as const;

export type WriteLane = (typeof WRITE_LANES)[number];

/** How a write waits. */
export interface WriteOrder {
  readonly lane: WriteLane;
  /** For whom it is made: those of one lane take turns. Empty for the service itself. */
  readonly holder: string;
}
