import { hostname } from 'node:os';

/** Whether a host name is this machine's own, with or without its domain: some shells set `HOST` to it. */
export function isMachineName(name: string): boolean {
  const first = (whole: string): string => (whole.split('.')[0] ?? '').toLowerCase();
  return first(name) === first(hostname());
}
