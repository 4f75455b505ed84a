import { BlockList, isIP } from 'node:net';
import { ConfigurationError } from './configuration-error.js';

/** Some IP addresses. */
export interface AddressRanges {
  readonly isEmpty: boolean;
  /** @param address an IPv4 or IPv6 address; anything else is in no range */
  has(address: string): boolean;
}

/** No address at all. */
export const NO_ADDRESSES: AddressRanges = Object.freeze({ isEmpty: true, has: () => false });

/** Comma-separated IP addresses and networks, such as `10.0.0.0/8`. Throws `ConfigurationError`. */
export function addressRanges(text: string, name: string): AddressRanges {
  const list = new BlockList();
  for (const range of text.split(',')) add(list, range.trim(), name);
  const has = (address: string): boolean => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
  return Object.freeze({ isEmpty: false, has });
}

function add(list: BlockList, range: string, name: string): void {
  const [, address = '', length] = /^([0-9a-f.:]+)(?:\/(0|[1-9][0-9]{0,2}))?$/i.exec(range) ?? [];
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  if (family === 0 || bits > most) {
    throw new ConfigurationError(name, 'must be IP addresses or networks such as 10.0.0.0/8, separated by commas');
  }
  if (bits === 0) throw new ConfigurationError(name, 'must not hold every address there is (/0)');
  list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
}
