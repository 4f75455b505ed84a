import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { plainLineOf } from '../../support/dialects.js';
import { FIELD_ORIGINS } from '../../support/field-origins.js';
import { heldKey, sendMessage } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { UnpooledClient, WholeAddressClient } from '../../support/unpooled-client.js';
import { sha3, walletClient } from '../../support/wallet-client.js';

const PAGE = FIELD_ORIGINS.allowed[0] ?? '';
const BROWSER = { Origin: PAGE };
const HASH = sha3('one of too many');
const WORDS = 'too many signing requests wait; try again shortly';

let server: TestServer;
let key: HeldKey;
let partial: string;
beforeAll(async () => {
  // Two places, of which one address has one, and the slow engine: of many at once nearly all are refused.
  server = await startTestServer({
    BLS_ENGINE: 'noble',
    SIGNING_WORKERS: '1',
    SIGNING_BATCH_MAX: '1',
    SIGNING_QUEUE_MAX: '1',
    ZAUTH_PORT: '0',
    CORS_ORIGINS: FIELD_ORIGINS.setting,
  });
  const split = await splitWallet(server.as('alice'));
  key = heldKey(split.key);
  partial = (await walletClient()).sign(split.key.private_key, HASH);
});
afterAll(() => server.stop());

/** What is refused of twenty requests at once, each on a connection that was not refused before. */
async function refusedOf(client: ApiClient): Promise<Answer[]> {
  const answers = await Promise.all(Array.from({ length: 20 }, () => sendMessage(client, key, HASH, partial)));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(10);
  return refused;
}

const namesOf = ({ headers }: Answer): string[] => [...headers.keys()];

describe('a request that there is no room for', () => {
  it('hears the same with and without an Origin; a browser may read it', async () => {
    const plain = await refusedOf(new UnpooledClient(server.url));
    const inBrowser = await refusedOf(new UnpooledClient(server.url).with(BROWSER));
    for (const answer of [...plain, ...inBrowser]) {
      expect(problemOf(answer, 503)).toMatchObject({
        code: 'SIGNING.OVERLOADED',
        detail: WORDS,
        request_id: answer.headers.get('x-request-id'),
      });
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    const [first, browsers] = [plain[0], inBrowser[0]];
    if (first === undefined || browsers === undefined) throw new Error('nothing was refused');
    expect(browsers.headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(browsers.headers.get('access-control-expose-headers')).toContain('Retry-After');
    expect([first, browsers].map(({ headers }) => headers.get('vary'))).toEqual(['Origin', 'Origin']);
    const ofCors = (name: string): boolean => name.startsWith('access-control-');
    expect(namesOf(first)).toEqual(namesOf(browsers).filter((name) => !ofCors(name)));
  });

  it('cannot be read by a page whose origin is not listed', async () => {
    for (const origin of FIELD_ORIGINS.not_allowed.slice(0, 2)) {
      for (const url of [server.url, `${server.url}/zauth`]) {
        for (const { headers } of await refusedOf(new UnpooledClient(url).with({ Origin: origin }))) {
          expect([headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([null, 'Origin']);
        }
      }
    }
  });

  it('hears it in one line in the SDK dialect, under the prefix and on the port of its own', async () => {
    const clients = [`${server.url}/zauth`, server.zauthUrl].map((url) => new UnpooledClient(url ?? ''));
    for (const client of [...clients, ...clients.map((one) => one.with(BROWSER))]) {
      for (const answer of await refusedOf(client)) expect(plainLineOf(answer, 503)).toBe(WORDS);
    }
  });

  it('hears the same when its target is a whole address, on every port', async () => {
    const [plain] = await refusedOf(new UnpooledClient(server.url));
    const [whole] = await refusedOf(new WholeAddressClient(server.url));
    if (plain === undefined || whole === undefined) throw new Error('nothing was refused');
    expect(problemOf(whole, 503).code).toBe('SIGNING.OVERLOADED');
    // Fastify, which refuses what was not refused before it, would add headers of CORS.
    expect(namesOf(whole)).toEqual(namesOf(plain));
    for (const answer of await refusedOf(new WholeAddressClient(server.zauthUrl ?? ''))) {
      expect(plainLineOf(answer, 503)).toBe(WORDS);
      expect(namesOf(answer)).toEqual(namesOf(plain));
    }
  });

  it('is not kept from a connection that goes on, and is counted', async () => {
    const refused = (await refusedOf(new UnpooledClient(server.url))).length;
    expect((await sendMessage(server.anonymous(), key, HASH, partial)).status).toBe(200);
    const { text } = await server.anonymous().get('/metrics');
    const counted = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
    expect(counted('kms_http_requests_total{method="POST",route="/sign/msg",status="503"}')).toBeGreaterThanOrEqual(
      refused,
    );
    expect(counted('kms_unauthenticated_refusals_total{code="SIGNING.OVERLOADED"}')).toBeGreaterThanOrEqual(refused);
    expect(
      counted('kms_signing_outcomes_total{kind="message",outcome="failed",code="SIGNING.OVERLOADED"}'),
    ).toBeGreaterThanOrEqual(refused);
  });
});
