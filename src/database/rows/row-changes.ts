/** What was done to rows that decide, as entries of the record tell it. */
export interface RowChange {
  readonly clientId: string;
  /**
   * `TABLE KEY VERSION`, the key as `nameOf` has it; or `TABLE OWNER CLIENT_ID gone`: whatever of theirs was in that table
   * is not any more.
   */
  readonly said: string;
}

/** What the open transaction has done to rows. There is one at a time; what is undone is forgotten with {@link begin}. */
export class RowChanges {
  #changes: RowChange[] = [];

  /** For the next transaction. */
  begin(): void {
    this.#changes = [];
  }

  add(change: RowChange): void {
    this.#changes.push(change);
  }

  /** Those that are still to be told, of this client id or of the first that there is, as many as have room. */
  take(
    clientId: string | undefined,
    mostBytes: number,
  ): { readonly clientId: string; readonly said: string[] } | undefined {
    const of = clientId ?? this.#changes[0]?.clientId;
    const [said, rest]: [string[], RowChange[]] = [[], []];
    let bytes = 0;
    for (const change of this.#changes) {
      bytes += Buffer.byteLength(change.said) + 3;
      if (change.clientId === of && bytes <= mostBytes) said.push(change.said);
      else rest.push(change);
    }
    this.#changes = rest;
    return of === undefined || said.length === 0 ? undefined : { clientId: of, said };
  }
}
