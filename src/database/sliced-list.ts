/** A few entries of a list, in its order. */
export interface Slice<Entry> {
  readonly entries: readonly Entry[];
  readonly isLast: boolean;
}

/** A list that may be shown, or a page of it, read as it is shown. At least one slice, which may be empty. */
export interface SlicedList<Entry> {
  /** Where the next page begins; `undefined` when there is none. */
  readonly next: string | undefined;
  readonly slices: AsyncIterator<Slice<Entry>, undefined>;
}
