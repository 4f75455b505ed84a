import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { problemOf } from '../../support/api-client.js';
import { plainLineOf } from '../../support/dialects.js';
import { RawConnection } from '../../support/raw-connection.js';
import { rawRequest } from '../../support/raw-http.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { CERTIFICATE, writeTlsFiles } from '../../config/tls-files.js';

const DOCUMENTS = ['/docs', '/docs/swagger-ui-bundle.js', '/docs-yaml', '/openapi.json'];

let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** What is found of documents, metrics and health on `PORT` and on `OPERATIONS_PORT`. */
async function found(environment: Record<string, string>): Promise<Record<string, string[]>> {
  server = await startTestServer(environment);
  const { url, operationsUrl } = server;
  const places = { port: url, operations: operationsUrl };
  const all: Record<string, string[]> = {};
  for (const [place, base] of Object.entries(places)) {
    if (base === undefined) continue;
    all[place] = [];
    for (const path of [...DOCUMENTS, '/metrics', '/health/live', '/health/ready']) {
      const answer = await server.anonymous(base).get(path);
      if (answer.status === 200) all[place].push(path);
      else expect([path, problemOf(answer, 404).code]).toEqual([path, 'REQUEST.ROUTE_UNKNOWN']);
    }
  }
  return all;
}

const HEALTH = ['/health/live', '/health/ready'];

describe('documents and metrics', () => {
  it.each([
    ['are on PORT by default', {}, { port: [...DOCUMENTS, '/metrics', ...HEALTH] }],
    ['can be nowhere', { DOCS: 'off', METRICS: 'off' }, { port: HEALTH }],
    [
      'metrics go along to OPERATIONS_PORT, documents do not',
      { OPERATIONS_PORT: '0' },
      { port: [...DOCUMENTS, ...HEALTH], operations: ['/metrics', ...HEALTH] },
    ],
    [
      'can be on OPERATIONS_PORT, both of them',
      { OPERATIONS_PORT: '0', DOCS: 'operations', METRICS: 'operations' },
      { port: HEALTH, operations: [...DOCUMENTS, '/metrics', ...HEALTH] },
    ],
    [
      'can be on PORT, though there is OPERATIONS_PORT',
      { OPERATIONS_PORT: '0', METRICS: 'on', DOCS: 'off' },
      { port: ['/metrics', ...HEALTH], operations: HEALTH },
    ],
  ])('%s', async (_, environment: Record<string, string>, expected) => {
    expect(await found(environment)).toEqual(expected);
  });
});

describe('OPERATIONS_PORT', () => {
  it('serves no call, whoever asks, and the other ports none of its own', async () => {
    server = await startTestServer({ OPERATIONS_PORT: '0', ZAUTH_PORT: '0' });
    const { operationsUrl = '', zauthUrl = '' } = server;
    const alice = server.as('alice', operationsUrl);
    for (const path of ['/wallets', '/zvault/wallets', '/restrictions/catalogue', '/nowhere']) {
      const answer = await alice.get(path);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    for (const path of ['/sign/msg', '/zauth/sign/txn', '/wallet', '/metrics', '/health/live']) {
      expect([path, (await alice.post(path, {})).status]).toEqual([path, 404]);
    }
    expect(plainLineOf(await server.anonymous(zauthUrl).get('/metrics'), 404)).toBe('there is no such route');
    expect(await server.audit()).toEqual([]);
  });

  it('is the same server as the others: TLS, headers, errors, the end of slow and malformed requests', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kms-operations-'));
    const { certificate, key } = writeTlsFiles(directory);
    const timeouts = { headMs: 400, requestMs: 600, checkEveryMs: 50 };
    const tls = { TLS_CERT_FILE: certificate, TLS_KEY_FILE: key };
    server = await startTestServer({ OPERATIONS_PORT: '0', ...tls }, { timeouts });
    const { operationsUrl = '' } = server;
    expect(operationsUrl).toMatch(/^https:/);
    const options = { path: '/metrics', ca: CERTIFICATE, servername: 'localhost' };
    const { status, headers } = await rawRequest(operationsUrl, options);
    expect([status, headers['x-content-type-options'], headers['cache-control']]).toEqual([200, 'nosniff', 'no-store']);
    for (const [bytes, code] of [
      ['NONSENSE\r\n\r\n', 'REQUEST.REFUSED'],
      ['GET /metrics HTTP/1.1\r\n\r\n', 'REQUEST.REFUSED'],
      ['GET /metrics HTTP/1.1\r\nHost: a\r\n', 'REQUEST.TIMEOUT'],
    ]) {
      const connection = await RawConnection.to(operationsUrl);
      connection.send(bytes ?? '');
      expect(JSON.parse((await connection.answer()).body)).toMatchObject({ code });
      expect(await connection.rest()).toBe('');
    }
    rmSync(directory, { recursive: true });
  });
});
