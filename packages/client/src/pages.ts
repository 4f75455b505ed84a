/** One page of a list, and where the next one is. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor: string | undefined;
}

/** What lists take. */
export interface ListOptions {
  /** Entries of a page, 1 to 1,000. */
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
}

/** All entries, asked for page by page as they are taken. */
export async function* entriesOf<T>(page: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T> {
  for (let cursor: string | undefined; ;) {
    const read = await page(cursor);
    yield* read.items;
    if (read.cursor === undefined) return;
    cursor = read.cursor;
  }
}

/** Where the next page is, by the header `Link` (RFC 8288). */
export function cursorIn(headers: Headers, parameter: 'cursor' | 'after' = 'cursor'): string | undefined {
  const [, query] = /^<\?([^>]*)>; rel="next"/.exec(headers.get('Link') ?? '') ?? [];
  return new URLSearchParams(query ?? '').get(parameter) ?? undefined;
}

/** The query of a page. */
export function pageQuery<Q extends object>(
  query: Q,
  { pageSize }: ListOptions,
  cursor: string | undefined,
): Q & { readonly limit?: number; readonly cursor?: string } {
  return {
    ...query,
    ...(pageSize === undefined ? {} : { limit: pageSize }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
