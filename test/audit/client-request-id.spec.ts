import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, ApiClient } from '../support/api-client.js';
import type { RecordedEntry } from '../support/recorded-entry.js';
import { rawRequest } from '../support/raw-http.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3 } from '../support/wallet-client.js';

let hashes = 0;
/** Another for each request: one that is sent again has no entry of its own. */
const newHash = (): string => sha3(`a message with a request id ${(hashes += 1)}`);

let server: TestServer;
let key: HeldKey;
beforeAll(async () => {
  server = await startTestServer({ ZAUTH_PORT: '0' });
  const split = await splitWallet(server.as('alice'));
  key = heldKey(split.key);
});
afterAll(() => server.stop());

/** What the record and the log say of an answer, found by our own id. */
async function tracesOf(answer: Pick<Answer, 'headers'>): Promise<{ entry: RecordedEntry; line: LogLine }> {
  const id = answer.headers.get('x-request-id');
  const entry = (await server.audit()).find(({ requestId }) => requestId === id);
  const line = server.log
    .map((text) => JSON.parse(text) as LogLine)
    .find(({ reqId, msg }) => reqId === id && msg === 'answered');
  if (entry === undefined || line === undefined) throw new Error(`nothing is known of ${String(id)}`);
  return { entry, line };
}

interface LogLine {
  readonly reqId?: string;
  readonly msg: string;
  readonly address?: string;
  readonly clientRequestId?: string;
}

const named = (client: ApiClient, id: string): ApiClient => client.with({ 'X-Request-Id': id });

describe('a request id of the client’s', () => {
  it.each([
    ['a UUID', '7b4f3c1e-6d0a-4f57-9a40-3ad1f1f4e1aa'],
    ['a trace', 'Root=1-67891233:abcdef/012345+678~9@x_y.z'],
    ['128 characters', 'x'.repeat(128)],
  ])('is kept beside ours in record and log, on every kind of route: %s', async (_, id) => {
    const answers = [
      await named(server.as('alice'), id).get('/wallets'),
      await named(server.as('alice', `${server.url}/zvault`), id).get('/wallets'),
      await named(server.as('alice'), id).post('/share', {}),
      await signMessage(named(server.anonymous(), id), key, newHash()),
      await signMessage(named(server.anonymous(server.zauthUrl), id), key, newHash()),
      await signMessage(named(server.as('alice'), id), { ...key, clientId: sha3('nobody') }, newHash()),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 200, 200, 400]);
    for (const answer of answers) {
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.headers.get('x-request-id')).not.toBe(id);
      const { entry, line } = await tracesOf(answer);
      expect([entry.clientRequestId, line.clientRequestId]).toEqual([id, id]);
    }
  });

  it.each([
    ['empty', ''],
    ['longer', 'x'.repeat(129)],
    ['with a space', 'a b'],
    ['with a quote', 'a"b'],
    ['with a comma, as several become', 'a, b'],
    ['with letters of other scripts', 'ü'],
  ])('is ignored when it is %s', async (_, id) => {
    for (const ask of [
      () => named(server.as('alice'), id).get('/wallets'),
      () => signMessage(named(server.anonymous(), id), key, newHash()),
    ]) {
      const { entry, line } = await tracesOf(await ask());
      expect(entry.clientRequestId).toBeNull();
      expect(line).not.toHaveProperty('clientRequestId');
    }
  });

  it('is not asked for', async () => {
    expect((await tracesOf(await server.as('alice').get('/wallets'))).entry.clientRequestId).toBeNull();
  });
});

describe('the log line of an answer', () => {
  it('names the address that the connection came from, whatever a header says', async () => {
    const headers = { 'X-Forwarded-For': '203.0.113.9', Forwarded: 'for=203.0.113.9' };
    const answer = await server.as('alice').with(headers).get('/wallets');
    expect((await tracesOf(answer)).line.address).toBe('127.0.0.1');
    expect(server.log.join('')).not.toContain('203.0.113.9');
  });

  it('is the only place for it', async () => {
    const from = server.log.length;
    await rawRequest(server.url, { method: 'POST', path: '/wallet', headers: { Expect: 'x' } });
    await server.anonymous().get('/wallets');
    const lines = server.log.slice(from);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line.includes('127.0.0.1')).toBe(line.includes('"msg":"answered"'));
    expect((await server.anonymous().get('/metrics')).text).not.toContain('127.0.0.1');
  });
});
