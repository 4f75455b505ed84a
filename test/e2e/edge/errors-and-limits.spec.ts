import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf } from '../../support/api-client.js';
import { plainLineOf } from '../../support/dialects.js';
import { rawBytes, rawRequest } from '../../support/raw-http.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3 } from '../../support/wallet-client.js';
import {
  DOCUMENTED,
  expectRefusal,
  expectRefusalThatSays,
  expectRefusedField,
  SDK,
} from '../../support/zauth-dialects.js';

const LIMIT = 65_536;
const LIMIT_OF_MESSAGES = 53_248;
const CLIENT_ID = sha3('a wallet');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe('an unknown route', () => {
  const UNKNOWN = '/ /nothing /setup /generate /wallets/ /keys /keys/ /Wallets /docs-json //wallets'.split(' ');
  const UNKNOWN_TO_SDK =
    '/zvault /zvault/ /zauth?x=1 /zauth/nothing /zvault/setup /zauth/wallet /zauth/sign/msg/ /zvault/health/live';

  it.each(UNKNOWN)('is a problem in the documented API: %s', async (path) => {
    for (const method of ['GET', 'POST', 'PUT']) {
      expectRefusal(DOCUMENTED, await server.anonymous().send(method, path), 'REQUEST.ROUTE_UNKNOWN', 404);
    }
  });

  it.each(UNKNOWN_TO_SDK.split(' '))('is one plain line in the SDK dialect: %s', async (path) => {
    expectRefusal(SDK, await server.anonymous().get(path), 'REQUEST.ROUTE_UNKNOWN', 404);
  });

  it('is in the documented form where the path only begins like a service', async () => {
    expectRefusal(DOCUMENTED, await server.anonymous().get('/zvaults/wallets'), 'REQUEST.ROUTE_UNKNOWN', 404);
    expectRefusal(DOCUMENTED, await server.anonymous().get('/x/zauth/key'), 'REQUEST.ROUTE_UNKNOWN', 404);
  });

  it.each(['DELETE', 'PATCH', 'PUT', 'GET', 'PROPFIND', 'TRACE'])('is what %s of a known path is', async (method) => {
    for (const [path, dialect] of [
      ['/store', DOCUMENTED],
      ['/zvault/store', SDK],
      ['/zauth/sign/msg', SDK],
    ] as const) {
      const { status, headers, text } = await rawRequest(server.url, { method, path });
      expect(status).toBe(404);
      const form = dialect === SDK ? 'text/plain; charset=utf-8' : 'application/problem+json; charset=utf-8';
      expect(headers['content-type']).toBe(form);
      expect(text).toContain('there is no such route');
    }
  });
});

describe('a path that does not decode', () => {
  it('is refused in the form of its dialect', async () => {
    for (const broken of ['%', '%E0%A4%A', '%zz']) {
      const documented = await server.as('alice').get(`/keys/${broken}`);
      expect(problemOf(documented)).toMatchObject({ code: 'REQUEST.REFUSED' });
      expect(documented.headers.get('x-request-id')).toBe(problemOf(documented).request_id);
      plainLineOf(await server.as('alice').get(`/zvault/keys/${broken}`));
    }
  });

  it('names the client id when a whole public key stands in its place', async () => {
    expectRefusedField(DOCUMENTED, await server.as('alice').get(`/keys/${'a'.repeat(128)}`), 'client_id');
    expectRefusedField(SDK, await server.as('alice').get(`/zvault/keys/${'a'.repeat(128)}`), 'client_id');
  });

  it('is read by the router as it is by whatever looks at it before: other spellings are refused', async () => {
    for (const path of ['/%7Avault/wallets', '/zv%61ult/wallets', '/wallet%73', '/keys/%61', '/%7E']) {
      const answer = await server.as('alice').get(path);
      expect(problemOf(answer)).toMatchObject({ code: 'REQUEST.REFUSED', status: 400 });
      expect(answer.headers.get('x-request-id')).toBe(problemOf(answer).request_id);
    }
    for (const path of ['/zvault/wallet%73', '/zauth/sig%6E/msg']) {
      plainLineOf(await server.as('alice').get(path));
    }
    // Not another spelling of anything: these have none without %.
    expect((await server.as('alice').get('/keys/%20')).status).toBe(400);
    expectRefusedField(DOCUMENTED, await server.as('alice').get('/keys/%20'), 'client_id');
    expect((await server.as('alice').get('/wallets?limit=%31')).status).toBe(200);
  });
});

describe('a body', () => {
  const padded = (size: number): string => `{"private_key":"x","a":"${'x'.repeat(size)}"}`;
  const ofSize = (size: number): string => padded(size - padded(0).length);

  it('may have 65536 bytes', async () => {
    expectRefusedField(SDK, await server.as('alice').post('/zvault/store', ofSize(LIMIT)), 'private_key');
  });

  it('may not have one more, and is refused in the form of the dialect', async () => {
    const body = ofSize(LIMIT + 1);
    const words = 'the body is larger than 65536 bytes';
    for (const path of ['/store', '/sign/txn']) {
      const answer = await server.as('alice').post(path, body);
      expectRefusalThatSays(DOCUMENTED, answer, 'REQUEST.BODY_TOO_LARGE', words, 413);
    }
    for (const path of ['/zvault/store', '/zauth/sign/txn', '/zauth/setup']) {
      const answer = await server.as('alice').post(path, body);
      expectRefusalThatSays(SDK, answer, 'REQUEST.BODY_TOO_LARGE', words, 413);
    }
  });

  it('of a message to sign may have 53248 bytes and not one more, said or not', async () => {
    const words = 'the body is larger than 53248 bytes';
    for (const [dialect, path] of [
      [DOCUMENTED, '/sign/msg'],
      [SDK, '/zauth/sign/msg'],
    ] as const) {
      const client = server.anonymous().with({ 'X-Peer-Public-Key': '00'.repeat(64) });
      const fits = await client.post(path, JSON.stringify({}).padEnd(LIMIT_OF_MESSAGES, ' '));
      expectRefusedField(dialect, fits, 'hash');
      const tooLarge = await client.post(path, JSON.stringify({}).padEnd(LIMIT_OF_MESSAGES + 1, ' '));
      expectRefusalThatSays(dialect, tooLarge, 'REQUEST.BODY_TOO_LARGE', words, 413);
    }
    const chunked = { method: 'POST', path: '/zauth/sign/msg', headers: { 'Transfer-Encoding': 'chunked' } };
    const { status, text } = await rawRequest(server.url, chunked, ['{"hash":"', 'x'.repeat(LIMIT_OF_MESSAGES), '"}']);
    expect([status, text]).toEqual([413, `${words}\n`]);
  });

  it('may not have one more when it comes in pieces without saying its size', async () => {
    const headers = { 'X-Jwt-Token': server.token('alice'), 'Transfer-Encoding': 'chunked' };
    const pieces = ['{"private_key":"', 'x'.repeat(LIMIT / 2), 'x'.repeat(LIMIT / 2), '"}'];
    const { status, text } = await rawRequest(server.url, { method: 'POST', path: '/zvault/store', headers }, pieces);
    expect([status, text]).toEqual([413, 'the body is larger than 65536 bytes\n']);
  });

  it('is not looked at before the token is', async () => {
    expectRefusalThatSays(
      DOCUMENTED,
      await server.anonymous().post('/store', '{'),
      'TOKEN.MISSING',
      'send a token',
      401,
    );
  });
});

describe('HTTP that is malformed', () => {
  it.each([
    'NONSENSE\r\n\r\n',
    'GET /wallets HTTP/9.9\r\n\r\n',
    'GET /wallets HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
    `GET /wallets HTTP/1.1\r\nHost: a\r\nX-Jwt-Token: ${'x'.repeat(20_000)}\r\n\r\n`,
    'POST /store HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
  ])('is refused before any route sees it', async (bytes) => {
    const answer = await rawBytes(server.url, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|431) /);
    expect(answer).not.toMatch(/node_modules|\.ts|\.js|at /);
  });
});

describe('every answer', () => {
  it('carries the security headers', async () => {
    for (const path of [
      '/wallets',
      '/nothing',
      '/zauth/nothing',
      '/health/live',
      '/docs',
      '/openapi.json',
      '/metrics',
    ]) {
      const { headers } = await server.anonymous().get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toMatch(
        /default-src 'self'.*object-src 'none'.*script-src 'self';/,
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
      // Over plain HTTP nothing may be promised about HTTPS.
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    }
  });

  it('carries a request id of its own, which problems repeat and clients cannot choose', async () => {
    const ids = new Set<string>();
    for (let i = 0; i < 5; i++) {
      const answer = await server
        .anonymous()
        .with({ 'X-Request-Id': 'mine', 'Request-Id': 'mine' })
        .get(`/keys/${CLIENT_ID}`);
      const { request_id: id } = problemOf(answer, 401);
      expect(answer.headers.get('x-request-id')).toBe(id);
      ids.add(id);
    }
    expect(ids.size).toBe(5);
    expect(ids.has('mine')).toBe(false);
  });

  it('tells a 401 how to authenticate', async () => {
    for (const path of ['/wallets', '/zvault/wallets']) {
      const answer = await server.anonymous().get(path);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
  });
});
