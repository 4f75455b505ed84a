import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../../src/config/load-configuration.js';
import { greeting } from '../../../src/start/greeting.js';
import { startServer } from '../../../src/server.js';
import { successOf } from '../../support/api-client.js';
import { ApiClient } from '../../support/api-client.js';
import type { OpenApiDocument } from '../../support/openapi-document.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';

const PUBLIC_URL = 'https://example.org/kms';

/** A reverse proxy that serves `/kms` and nothing else, and takes it away from the path or not. */
async function proxyTo(target: string, strips: boolean): Promise<Server> {
  const proxy = createServer((incoming, answer) => {
    const { url = '', method, headers } = incoming;
    if (!url.startsWith('/kms/')) {
      answer.writeHead(502).end();
      return;
    }
    const path = strips ? url.slice('/kms'.length) : url;
    const outgoing = request(target, { path, method, headers }, (from) => {
      answer.writeHead(from.statusCode ?? 500, from.headers);
      from.pipe(answer);
    });
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ PUBLIC_URL });
});
afterAll(() => server.stop());

describe.each([true, false])('behind a proxy that takes the prefix away: %s', (strips) => {
  let proxy: Server;
  let base: string;
  beforeAll(async () => {
    proxy = await proxyTo(server.url, strips);
    base = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/kms`;
  });
  afterAll(() => {
    proxy.close();
    proxy.closeAllConnections();
  });

  it.each(['/docs', '/docs/'])('Swagger UI at %s finds everything that its page asks for', async (path) => {
    const page = await new ApiClient(base).get(path);
    expect(page.status).toBe(200);
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      const { href } = new URL(asset, `${base}${path}`);
      expect([asset, (await new ApiClient('').get(href)).status]).toEqual([asset, 200]);
    }
  });

  it('the document is linked, and names the server to which calls go', async () => {
    const document = successOf<OpenApiDocument & Record<string, unknown>>(
      await new ApiClient(base).get('/openapi.json'),
    );
    expect(document['servers']).toEqual([{ url: PUBLIC_URL }]);
    expect(document['externalDocs']).toMatchObject({ url: `${PUBLIC_URL}/openapi.json` });
    expect((await new ApiClient(base).get('/docs/swagger-ui-init.js')).text).toContain(`"url": "${PUBLIC_URL}"`);
  });

  it('calls of both dialects are served, each with its own errors', async () => {
    const client = server.as('alice', base);
    expect((await client.post('/wallet')).status).toBe(201);
    expect((await client.get('/wallets?limit=1')).status).toBe(200);
    expect((await client.post('/zvault/wallet')).status).toBe(200);
    expect((await client.post('/sign/msg', '{}')).headers.get('content-type')).toContain('problem+json');
    expect((await client.post('/zauth/sign/msg', '{}')).headers.get('content-type')).toContain('text/plain');
    expect((await client.get('/no/such/route')).status).toBe(404);
  });
});

describe('the prefix', () => {
  it('is taken away as a whole segment and once only', async () => {
    for (const path of ['/kmsx/health/live', '/kms/kms/health/live', '/x/kms/health/live']) {
      expect([path, (await server.anonymous().get(path)).status]).toEqual([path, 404]);
    }
    expect((await server.anonymous().get('/health/live')).status).toBe(200);
  });

  it.each(['zauth', 'zvault', 'keys', 'docs', 'console', 'wallet/x'])(
    'must not begin like calls of ours: /%s',
    async (prefix) => {
      const environment = { PORT: '0', DATABASE: ':memory:', DATA_DIR: server.dataDirectory, LOG_LEVEL: 'silent' };
      const configuration = loadConfiguration({ ...environment, PUBLIC_URL: `https://example.org/${prefix}` });
      await expect(startServer(configuration)).rejects.toThrow(/^PUBLIC_URL must not have a path that begins with \//);
    },
  );

  it('is in the links that are printed at the start', () => {
    const lines = greeting(server, loadConfiguration({ PUBLIC_URL }), { isTerminal: false });
    expect(lines).toContain(`ready at ${server.url}\n`);
    expect(lines).toContain(`console      ${PUBLIC_URL}/console/\n`);
    expect(lines).toContain(`Swagger UI   ${PUBLIC_URL}/docs\n`);
    expect(lines).toContain(`SDK dialect  ${PUBLIC_URL}/zvault  ${PUBLIC_URL}/zauth\n`);
  });
});
