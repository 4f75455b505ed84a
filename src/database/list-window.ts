/** Where a row stands in an order: a value for each column that orders. */
export type Place = readonly (string | number)[];

/** A part of an ordered list that is read in slices: what stands at or before `last`. */
export interface Window {
  readonly last: Place;
  /** Whether anything stands behind it. */
  readonly hasMore: boolean;
}
