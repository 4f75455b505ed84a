import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { addressRanges, NO_ADDRESSES } from '../../src/config/address-ranges.js';
import { ClientAddresses, networkOf } from '../../src/identity/client-address.js';

const PROXIES = addressRanges('10.0.0.0/8, 192.0.2.7, 2001:db8:1::/48', 'TRUSTED_PROXIES');

function clientOf(peer: string | undefined, forwarded?: string, trusted = PROXIES): string {
  const request = { socket: { remoteAddress: peer }, headers: { 'x-forwarded-for': forwarded } };
  return new ClientAddresses(trusted).read(request as unknown as IncomingMessage);
}

describe('the client of a request', () => {
  it('is whoever is at the other end, whatever the header says, where no proxy is trusted', () => {
    expect(clientOf('203.0.113.9', '198.51.100.1', NO_ADDRESSES)).toBe('203.0.113.9');
    expect(clientOf('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
    expect(clientOf('10.1.2.3')).toBe('10.1.2.3');
    expect(clientOf(undefined, '198.51.100.1')).toBe('');
  });

  it.each([
    ['whom a trusted proxy names', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['the last one that is no trusted proxy', '10.1.2.3', '1.1.1.1, 198.51.100.1, 192.0.2.7', '198.51.100.1'],
    ['never one that stands before somebody who is not trusted', '10.1.2.3', '1.1.1.1,203.0.113.9', '203.0.113.9'],
    ['the first one where all are trusted', '10.1.2.3', '10.9.9.9, 10.8.8.8', '10.9.9.9'],
    ['the proxy that names nobody', '10.1.2.3', '198.51.100.1, unknown', '10.1.2.3'],
    ['the proxy that names nobody', '10.1.2.3', '', '10.1.2.3'],
    ['the proxy that names nonsense', '10.1.2.3', 'x'.repeat(5000), '10.1.2.3'],
    ['without its port', '10.1.2.3', '198.51.100.1:4711', '198.51.100.1'],
    ['without brackets and port', '10.1.2.3', '[2001:DB8:2::1]:4711', '2001:db8:2::1'],
    ['without the zone', '10.1.2.3', 'fe80::1%eth0', 'fe80::1'],
    ['the IPv4 address that a socket for both tells as IPv6', '::ffff:10.1.2.3', '::ffff:198.51.100.1', '198.51.100.1'],
    ['behind a proxy of IPv6', '2001:db8:1::5', '198.51.100.1', '198.51.100.1'],
    ['not behind another of IPv6', '2001:db8:2::5', '198.51.100.1', '2001:db8:2::5'],
  ])('is %s', (_, peer, forwarded, client) => {
    expect(clientOf(peer, forwarded)).toBe(client);
  });

  it('is not looked for behind more proxies than anybody has', () => {
    expect(clientOf('10.1.2.3', `198.51.100.1${',10.0.0.1'.repeat(1000)}`)).toBe('10.0.0.1');
  });
});

describe('the network of a client', () => {
  it.each([
    ['198.51.100.1', '198.51.100.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0001::1', '2001:db8:1:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['', ''],
  ])('%s is in %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
