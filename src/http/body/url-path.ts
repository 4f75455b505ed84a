/** A request's path, as it was asked for, without query and fragment: where the router ends it. */
export function pathOf(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

/** What follows the path's question mark; empty when there is none. */
export function queryOf(url: string): string {
  return url.slice(pathOf(url).length + 1);
}
