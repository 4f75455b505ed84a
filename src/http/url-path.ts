/** A request's path, as it was asked for, without the query. */
export function pathOf(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path;
}
