/** A request's path, as it was asked for, without the query. */
export function pathOf(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path;
}

/** What follows the path's question mark; empty when there is none. */
export function queryOf(url: string): string {
  return url.slice(pathOf(url).length + 1);
}
