import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jwk, KEYS } from '../../identity/issuer.js';
import { type LocalServer, startServer } from '../../identity/local-server.js';
import { until } from '../../identity/until.js';
import { successOf } from '../../support/api-client.js';
import { startTestServer, type TestServer } from '../../support/test-server.js';

const publish = (response: ServerResponse): unknown =>
  response.end(JSON.stringify({ keys: [jwk(KEYS.p256.publicKey, { kid: 'k' })] }));

describe('readiness with a configured key set', () => {
  let answer: (response: ServerResponse) => unknown;
  let issuer: LocalServer;
  let server: TestServer;
  beforeAll(async () => {
    answer = (response) => response.writeHead(500).end();
    issuer = await startServer((_, response) => answer(response));
    server = await startTestServer({ JWT_JWKS_URL: `${issuer.url}/secret-path/keys` });
  });
  afterAll(async () => {
    await server.stop();
    await issuer.close();
  });

  const ready = async (status: number): Promise<unknown> =>
    successOf(await server.anonymous().get('/health/ready'), status);

  it('is 503 with the reason until the set has been fetched, and again when it is too old', async () => {
    await until(() => server.log.some((line) => line.includes('could not be fetched')));
    expect(await ready(503)).toMatchObject({
      status: 'not ready',
      checks: { engine: 'ready', database: 'ready', key_set: 'not ready' },
      reasons: { key_set: 'the key set has not been fetched yet: its endpoint answered 500' },
    });
    answer = publish;
    server.clock.advanceSeconds(5);
    await until(() => server.log.some((line) => line.includes('could be fetched again')));
    expect(await ready(200)).toMatchObject({ status: 'ready', checks: { key_set: 'ready' } });
    answer = (response) => response.destroy();
    server.clock.advanceSeconds(599);
    expect(await ready(200)).toMatchObject({ status: 'ready' });
    server.clock.advanceSeconds(1);
    expect(await ready(503)).toMatchObject({
      reasons: { key_set: expect.stringMatching(/^the key set is too old to use/) },
    });
  });

  it('names neither the place of the set nor what it answered', async () => {
    expect(JSON.stringify(await ready(503))).not.toContain('secret-path');
    expect(server.log.join('\n')).not.toContain('secret-path');
  });
});
