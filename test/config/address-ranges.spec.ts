import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { refusal } from './environment.js';

describe('TRUSTED_PROXIES', () => {
  it('trusts nobody when it is not set', () => {
    const { trustedProxies } = loadConfiguration({});
    expect([trustedProxies.isEmpty, trustedProxies.has('127.0.0.1')]).toEqual([true, false]);
  });

  it('takes addresses and networks of both kinds', () => {
    const { trustedProxies } = loadConfiguration({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,2001:db8::/32,::1' });
    const inside = ['127.0.0.1', '10.255.0.1', '2001:db8:ffff::1', '::1'];
    const outside = ['127.0.0.2', '11.0.0.1', '2001:db9::1', '::2', '', 'nonsense'];
    expect([...inside, ...outside].filter((address) => trustedProxies.has(address))).toEqual(inside);
  });

  it.each([
    'proxy.example',
    '10.0.0.0/33',
    '10.0.0/8',
    '::/129',
    '10.0.0.1/',
    '10.0.0.1,',
    '10.0.0.1/08',
    '1.2.3.4:80',
  ])('may not be %s', (text) => {
    expect(refusal(() => loadConfiguration({ TRUSTED_PROXIES: text }))).toBe(
      'TRUSTED_PROXIES must be IP addresses or networks such as 10.0.0.0/8, separated by commas',
    );
  });

  it.each(['0.0.0.0/0', '::/0'])('may not be everybody (%s)', (text) => {
    expect(refusal(() => loadConfiguration({ TRUSTED_PROXIES: text }))).toBe(
      'TRUSTED_PROXIES must not hold every address there is (/0)',
    );
  });
});
