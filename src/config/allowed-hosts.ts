import { hostName } from './setting-parsers.js';

/** Comma-separated host names and IP addresses (IPv6 with or without brackets), in lower case and without a port. */
export function allowedHosts(text: string, name: string): readonly string[] {
  const bare = (host: string): string => host.trim().replace(/^\[(.*)\]$/, '$1');
  return Object.freeze(text.split(',').map((host) => hostName(bare(host), name).toLowerCase()));
}
