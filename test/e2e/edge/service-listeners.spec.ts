import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { ApiClient } from '../../support/api-client.js';
import { freshUser, plainLineOf } from '../../support/dialects.js';
import { rawRequest } from '../../support/raw-http.js';
import { heldKey, signMessage, signTransaction } from '../../support/signing-calls.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { transfer } from '../../support/transactions.js';
import { sha3 } from '../../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';
import { expectRefusal, expectRefusalThatSays, SDK } from '../../support/zauth-dialects.js';

const HASH = sha3('a message');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ ZVAULT_PORT: '0', ZAUTH_PORT: '0' });
});
afterAll(() => server.stop());

function clientsOf(user: string): { readonly zvault: ApiClient; readonly zauth: ApiClient } {
  return { zvault: server.as(user, server.zvaultUrl), zauth: server.as(user, server.zauthUrl) };
}

describe('ZVAULT_PORT and ZAUTH_PORT', () => {
  it('serve a wallet from its making to its end, as gosdk calls them: always 200', async () => {
    const { zvault, zauth } = clientsOf(freshUser(server, 'alice').id);
    const wallet = successOf<WireWallet>(await zvault.post('/wallet'));
    const key = successOf<WireSplitKey>(await zvault.post(`/key/${wallet.client_id}`));
    successOf(await signMessage(server.anonymous(server.zauthUrl), heldKey(key), HASH));
    successOf(await signTransaction(server.anonymous(server.zauthUrl), heldKey(key), transfer(wallet)));
    const named = zauth.with({ 'X-Peer-Public-Key': key.peer_public_key });
    expect(successOf(await named.get(`/key/${wallet.client_id}`))).toStrictEqual({
      last_used: server.clock.nowSeconds(),
    });
    successOf(await named.put(`/restrictions/${wallet.client_id}`, { restrictions: [] }));
    const seen = zvault.with({ 'X-Peer-Public-Key': key.peer_public_key });
    expect(successOf(await seen.get('/restrictions'))).toStrictEqual([]);
    expect(
      successOf(await zauth.post(`/revoke/${wallet.client_id}`, { peer_public_key: key.public_key })),
    ).toStrictEqual({
      result: 'success',
    });
    expectRefusal(SDK, await signMessage(zauth, heldKey(key), HASH), 'SPLIT_KEY.REVOKED');
    expect(successOf(await zvault.post(`/delete/${wallet.client_id}`))).toStrictEqual({});
    expectRefusal(SDK, await signMessage(zauth, heldKey(key), HASH), 'SPLIT_KEY.UNKNOWN', 500);
  });

  it('serve their own service and nothing else', async () => {
    const { zvault, zauth } = clientsOf('alice');
    const id = sha3('a wallet');
    const notZvaults = [
      ['POST', '/sign/msg'],
      ['POST', '/setup'],
      ['GET', `/key/${id}`],
    ] as const;
    const notZauths = [
      ['POST', '/wallet'],
      ['GET', '/wallets'],
      ['GET', `/keys/${id}`],
      ['POST', '/share'],
    ] as const;
    const nobodys = [
      '/health',
      '/health/',
      '/health/nothing',
      '/health/live/',
      '/metrics',
      '/docs',
      '/openapi.json',
      '/zvault/wallets',
      `/zauth/key/${id}`,
      '/',
      '',
    ];
    for (const [method, path] of notZvaults) {
      expectRefusal(SDK, await zvault.send(method, path), 'REQUEST.ROUTE_UNKNOWN', 404);
    }
    for (const [method, path] of notZauths) {
      expectRefusal(SDK, await zauth.send(method, path), 'REQUEST.ROUTE_UNKNOWN', 404);
    }
    for (const path of nobodys) {
      for (const client of [zvault, zauth]) expectRefusal(SDK, await client.get(path), 'REQUEST.ROUTE_UNKNOWN', 404);
    }
  });

  it('say like PORT whether the service lives and is ready, as GET alone', async () => {
    for (const url of [server.url, server.zvaultUrl, server.zauthUrl]) {
      const client = server.anonymous(url);
      expect(successOf(await client.get('/health/live?probe=1'))).toStrictEqual({ status: 'live' });
      expect(successOf(await client.get('/health/ready'))).toMatchObject({ status: 'ready' });
    }
    for (const client of Object.values(clientsOf('alice'))) {
      expectRefusal(SDK, await client.post('/health/live'), 'REQUEST.ROUTE_UNKNOWN', 404);
    }
  });

  it.each([
    '/health/../wallets',
    '/health/live/../../wallets',
    '/../wallets',
    '/..%2fwallets',
    '//wallets',
    '/./../zvault/wallets',
    'http://other/wallets',
    '*',
  ])('let no path out of their service: %s', async (path) => {
    const headers = { 'X-Jwt-Token': server.token('alice') };
    const { status, text } = await rawRequest(server.zauthUrl ?? '', { method: 'GET', path, headers });
    expect([status, text]).toEqual([404, 'there is no such route\n']);
  });

  it('take no dots that are spelled with %', async () => {
    const headers = { 'X-Jwt-Token': server.token('alice') };
    const path = '/%2e%2e/wallets';
    const { status, text } = await rawRequest(server.zauthUrl ?? '', { method: 'GET', path, headers });
    expect([status, text]).toEqual([400, 'the path has letters or digits spelled with %; write them as they are\n']);
  });

  it('want a token, limit bodies and refuse broken paths, in plain text', async () => {
    for (const url of [server.zvaultUrl, server.zauthUrl]) {
      const path = url === server.zvaultUrl ? '/store' : '/setup';
      expectRefusalThatSays(SDK, await server.anonymous(url).post(path, {}), 'TOKEN.MISSING', 'send a token', 401);
      const tooLarge = await server.as('alice', url).post(path, 'x'.repeat(65_537));
      expect(plainLineOf(tooLarge, 413)).toBe('the body is larger than 65536 bytes');
      plainLineOf(await server.as('alice', url).post('/delete/%zz'), 400);
    }
    const message = await server.anonymous(server.zauthUrl).post('/sign/msg', 'x'.repeat(53_249));
    expect(plainLineOf(message, 413)).toBe('the body is larger than 53248 bytes');
  });

  it('carry the security headers and a request id', async () => {
    for (const url of [server.zvaultUrl, server.zauthUrl]) {
      const { headers } = await server.anonymous(url).get('/nothing');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('do not exist unless they are configured', async () => {
    const plain = await startTestServer();
    expect([plain.zvaultUrl, plain.zauthUrl]).toEqual([undefined, undefined]);
    await plain.stop();
  });
});
