import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIELD_ORIGINS } from '../../support/field-origins.js';
import type { Answer } from '../../support/api-client.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';

const PAGE = 'https://wallet.example';
const LISTED = 'https://app.example:8443';
const HEADERS =
  'X-Jwt-Token, X-Peer-Public-Key, Content-Type, Authorization, Access-Control-Allow-Origin, ' +
  'If-Match, Idempotency-Key, X-Request-Id, traceparent, tracestate, baggage, sentry-trace';
const EXPOSED = 'X-Request-Id, Retry-After, ETag, Link, Idempotency-Replayed, X-Audit-Entry, X-Audit-Promise';

let open: TestServer;
let listed: TestServer;
let field: TestServer;
beforeAll(async () => {
  const ports = { ZVAULT_PORT: '0', ZAUTH_PORT: '0' };
  open = await startTestServer(ports);
  listed = await startTestServer({ ...ports, CORS_ORIGINS: `${PAGE},${LISTED}` });
  field = await startTestServer({
    ...ports,
    CORS_ORIGINS: `${FIELD_ORIGINS.setting},https://*.a.example:8443,null`,
  });
});
afterAll(() => Promise.all([open.stop(), listed.stop(), field.stop()]));

/** Every listener with a call that it has. */
function callsOf(server: TestServer): readonly (readonly [string, string, string])[] {
  return [
    [server.url, 'POST', '/wallet'],
    [server.url, 'PUT', `/zauth/restrictions/${'a'.repeat(64)}`],
    [server.url, 'POST', '/no/such/route'],
    [server.zvaultUrl ?? '', 'GET', '/wallets'],
    [server.zauthUrl ?? '', 'POST', '/sign/txn'],
  ];
}

const preflight = (
  server: TestServer,
  origin: string,
  [url, method, path]: readonly [string, string, string],
): Promise<Answer> =>
  server
    .anonymous(url)
    .with({
      Origin: origin,
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': 'x-jwt-token,x-peer-public-key,content-type,access-control-allow-origin',
    })
    .send('OPTIONS', path);

/** Answers of every kind, to a page of this origin. */
async function answersTo(server: TestServer, origin: string): Promise<readonly Answer[]> {
  const page = server.as('alice').with({ Origin: origin });
  const answers = [
    await page.post('/wallet'),
    await page.get('/zvault/wallets'),
    await page.post('/store', '{'),
    await server.anonymous().with({ Origin: origin }).get('/wallets'),
    await page.get('/no/such/route'),
    await page.get('/zauth/no/such/route'),
    await page.get('/keys/%zz'),
    await page.get('/zvault/keys/%zz'),
    await page.post('/store', 'x'.repeat(65_537)),
    await server.anonymous(server.zauthUrl).with({ Origin: origin }).post('/sign/msg', '{}'),
    await server.anonymous(server.zvaultUrl).with({ Origin: origin }).get('/nothing'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 400, 401, 404, 404, 400, 400, 413, 400, 404]);
  return answers;
}

describe('a preflight', () => {
  it('is told on every listener which methods and headers may be sent', async () => {
    for (const call of callsOf(open)) {
      const { status, headers, text } = await preflight(open, PAGE, call);
      expect([status, text]).toEqual([204, '']);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-methods')).toBe('GET, POST, PUT, OPTIONS');
      expect(headers.get('access-control-allow-headers')).toBe(HEADERS);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it('needs no token, and neither does an OPTIONS that is none', async () => {
    for (const path of ['/wallet', '/zvault/wallet', '/nothing']) {
      expect((await open.anonymous().send('OPTIONS', path)).status).toBe(204);
    }
  });
});

describe('CORS_ORIGINS=*', () => {
  it('lets any page read any answer, errors included, and never with credentials', async () => {
    for (const { headers } of await answersTo(open, PAGE)) {
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(headers.get('access-control-expose-headers')).toBe(EXPOSED);
    }
  });
});

async function expectReadable(server: TestServer, origin: string): Promise<void> {
  for (const { headers } of await answersTo(server, origin)) {
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toBe(EXPOSED);
    expect(headers.get('vary')).toBe('Origin');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  }
  for (const call of callsOf(server)) {
    const { headers } = await preflight(server, origin, call);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('vary')).toBe('Origin');
  }
}

async function expectUnreadable(server: TestServer, origin: string): Promise<void> {
  for (const { headers } of await answersTo(server, origin)) {
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('vary')).toBe('Origin');
  }
  for (const call of callsOf(server)) {
    const { headers } = await preflight(server, origin, call);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('vary')).toBe('Origin');
  }
}

describe('CORS_ORIGINS with a list', () => {
  it.each([PAGE, LISTED])('lets pages of %s read every answer', async (origin) => {
    await expectReadable(listed, origin);
  });

  it.each([
    'https://other.example',
    'http://wallet.example',
    'https://wallet.example:8443',
    'https://wallet.example.evil.example',
    'https://WALLET.example',
    'null',
  ])('lets no page of %s read anything', async (origin) => {
    await expectUnreadable(listed, origin);
  });

  it('says to whoever names no origin that the answer depends on it', async () => {
    for (const path of ['/wallets', '/zvault/wallets', '/keys/%zz']) {
      const { headers } = await listed.anonymous().get(path);
      expect([headers.get('vary'), headers.get('access-control-allow-origin')]).toEqual(['Origin', null]);
    }
  });
});

describe('CORS_ORIGINS with wildcards, extensions and null', () => {
  it.each([...FIELD_ORIGINS.allowed, 'https://xn--a-1.zus.network', 'https://b_2.a.example:8443', 'null'])(
    'lets pages of %s read every answer',
    async (origin) => {
      await expectReadable(field, origin);
    },
  );

  it.each([
    ...FIELD_ORIGINS.not_allowed,
    ...['https://vult.zus.network:8443', 'https://.zus.network', 'https://vultXzus.network', 'https://b.a.example'],
    ...['https://vult.zus.network.evil.example', 'https://evil.example/.zus.network', 'https://u@vult.zus.network'],
    ...[`chrome-extension://${'b'.repeat(32)}`, 'https://*.zus.network', 'https://VULT.zus.network'],
  ])('lets no page of %s read anything', async (origin) => {
    await expectUnreadable(field, origin);
  });
});
