import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../../src/config/load-configuration.js';
import { problemOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { plainLineOf } from '../../support/dialects.js';
import { heldKey, sendMessage, signMessage } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3, walletClient } from '../../support/wallet-client.js';

const WORDS = 'too many requests; try again shortly';
// One a second and ten at once. The test plays the proxy, and with it all clients: each test has addresses, users and
// split keys of its own.
const NARROW = { RATE_BURST_SECONDS: '10', TRUSTED_PROXIES: '127.0.0.1' };

let server: TestServer;
const startedWith = (environment: Record<string, string>): void => {
  beforeAll(async () => {
    server = await startTestServer({ ...NARROW, ...environment });
  });
  afterAll(() => server.stop());
};

const from = (client: ApiClient, address: string): ApiClient => client.with({ 'X-Forwarded-For': address });

/** The statuses of so many calls, one after the other, each as often as it came. */
async function statuses(times: number, call: (index: number) => Promise<Answer>): Promise<Record<number, number>> {
  const counted: Record<number, number> = {};
  for (let index = 0; index < times; index++) {
    const { status } = await call(index);
    counted[status] = (counted[status] ?? 0) + 1;
  }
  return counted;
}

/** Ten, and as many as seconds went by meanwhile. */
function expectTen(count: number | undefined, since: number): void {
  expect(count).toBeGreaterThanOrEqual(10);
  expect(count).toBeLessThanOrEqual(11 + (performance.now() - since) / 1000);
}

/** An answer of 429: at once, or when the token that has come meanwhile is used up. */
async function limited(call: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await call();
    if (answer.status === 429 || tries === 5) {
      expect(answer.status).toBe(429);
      return answer;
    }
  }
}

/** A split key, and a partial signature over something with it. */
async function newKey(owner: ApiClient): Promise<HeldKey> {
  return heldKey((await splitWallet(owner)).key);
}

async function limitedBy(limit: string): Promise<number> {
  const { text } = await from(server.anonymous(), '192.0.2.250').get('/metrics');
  return Number(new RegExp(`^kms_rate_limited_total\\{limit="${limit}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
}

describe('the limit of an address', () => {
  startedWith({ RATE_PER_ADDRESS: '1', ZAUTH_PORT: '0' });

  it('is told by 429 in both dialects, which browsers may read, and leaves no entry', async () => {
    const since = performance.now();
    const stranger = from(server.anonymous(), '192.0.3.1');
    const counted = await statuses(40, () => stranger.get('/nowhere'));
    expectTen(counted[404], since);
    const page = stranger.with({ Origin: 'https://wallet.example' });
    const inBrowser = await limited(() => page.get('/restrictions/catalogue'));
    expect(problemOf(inBrowser, 429)).toMatchObject({ code: 'RATE.LIMITED', detail: WORDS });
    expect(inBrowser.headers.get('retry-after')).toBe('1');
    expect(inBrowser.headers.get('access-control-allow-origin')).toBe('*');
    expect(inBrowser.headers.get('access-control-expose-headers')).toContain('Retry-After');
    expect(inBrowser.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    for (const url of [`${server.url}/zauth`, server.zauthUrl ?? '']) {
      const line = await limited(() => from(server.anonymous(url), '192.0.3.1').post('/sign/msg', {}));
      expect(plainLineOf(line, 429)).toBe(WORDS);
      expect(line.headers.get('retry-after')).toBe('1');
    }
    expect(await server.audit()).toEqual([]);
    expect(await limitedBy('address')).toBeGreaterThanOrEqual(20);
    const lines = server.log.filter((line) => line.includes('RATE.LIMITED'));
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.join('')).not.toContain('192.0.3.1');
  });

  it('is its own: another one is served, and health is always told', async () => {
    const [flood, other] = ['192.0.4.1', '192.0.4.2'].map((address) => from(server.anonymous(), address));
    if (flood === undefined || other === undefined) throw new Error('two clients');
    await statuses(30, () => flood.get('/restrictions/catalogue'));
    await limited(() => flood.get('/restrictions/catalogue'));
    expect((await other.get('/restrictions/catalogue')).status).toBe(200);
    for (const path of ['/health/live', '/health/ready']) expect((await flood.get(path)).status).toBe(200);
  });

  it('is one for all of an IPv6 network', async () => {
    const since = performance.now();
    const counted = await statuses(30, (index) => from(server.anonymous(), `2001:db8:1:2::${index}`).get('/nowhere'));
    expectTen(counted[404], since);
    expect((await from(server.anonymous(), '2001:db8:1:3::1').get('/nowhere')).status).toBe(404);
  });

  it('lets no more of them in when they come at one moment', async () => {
    const since = performance.now();
    const key = await newKey(server.as('alice 5'));
    const stranger = from(server.anonymous(), '192.0.7.1');
    const wrong = (await walletClient()).sign(key.userShare, sha3('another message'));
    const answers = await Promise.all(Array.from({ length: 64 }, () => sendMessage(stranger, key, sha3('m'), wrong)));
    expectTen(answers.filter(({ status }) => status === 400).length, since);
    expect(answers.filter(({ status }) => ![400, 429].includes(status))).toEqual([]);
  });

  it('is not used up by new signatures of split keys, but by what is sent again', async () => {
    const since = performance.now();
    const key = await newKey(server.as('alice 6'));
    const owner = from(server.anonymous(), '192.0.8.1');
    expect(await statuses(30, (index) => signMessage(owner, key, sha3(`new ${index}`)))).toEqual({ 200: 30 });
    const [hash, attacker] = [sha3('new 1'), from(server.anonymous(), '192.0.8.66')];
    const counted = await statuses(30, () => signMessage(attacker, key, hash));
    expectTen(counted[200], since);
    expect((counted[200] ?? 0) + (counted[429] ?? 0)).toBe(30);
    expect((await signMessage(owner, key, sha3('one more'))).status).toBe(200);
  });

  it('does not shut out users of that address, whose tokens do not pay with it either', async () => {
    const address = '192.0.9.1';
    const alice = from(server.as('alice 7'), address);
    expect(await statuses(30, () => alice.get('/wallets'))).toEqual({ 200: 30 });
    await statuses(30, () => from(server.anonymous(), address).get('/nowhere'));
    expect(await statuses(30, () => alice.get('/wallets'))).toEqual({ 200: 30 });
    // What is no token of a user, or goes where nobody asks for one, is not let in for looking like it.
    for (const header of [{ 'X-Jwt-Token': '' }, { 'X-Jwt-Token': 'x.y.z' }, { Authorization: 'Basic eDp5' }]) {
      const strangers = from(server.anonymous(), address).with(header);
      const asked = ['/wallets', '/nowhere', '/metrics', '/docs', '/openapi.json', '/restrictions/catalogue'];
      for (const path of asked) await limited(() => strangers.get(path));
      await limited(() => strangers.post('/sign/msg', {}));
    }
  });
});

describe('the limit of an address where this proxy is not trusted', () => {
  startedWith({ RATE_PER_ADDRESS: '1', TRUSTED_PROXIES: '192.0.2.99' });

  it('is not passed by a header that nobody trusted writes', async () => {
    const since = performance.now();
    const counted = await statuses(30, (index) => from(server.anonymous(), `192.0.2.${index}`).get('/nowhere'));
    expectTen(counted[404], since);
  });
});

describe('the limit of a user', () => {
  startedWith({ RATE_PER_USER: '1' });

  it('is told by 429 on every kind of call, leaves no entry of it, and is nobody else’s', async () => {
    const since = performance.now();
    const alice = server.as('alice 8');
    const counted = await statuses(30, () => alice.get('/wallets'));
    expectTen(counted[200], since);
    const refused = await limited(() => alice.get('/wallets'));
    expect(problemOf(refused, 429).code).toBe('RATE.LIMITED');
    expect(refused.headers.get('retry-after')).toBe('1');
    await limited(() => alice.post('/sign/msg', {}));
    const inSdk = server.as('alice 8', `${server.url}/zvault`);
    expect(plainLineOf(await limited(() => inSdk.get('/wallets')), 429)).toBe(WORDS);
    expect((await server.as('bob 8').get('/wallets')).status).toBe(200);
    expect((await server.audit()).filter(({ code }) => code === 'RATE.LIMITED')).toEqual([]);
    expect(await limitedBy('user')).toBeGreaterThanOrEqual(15);
  });
});

describe('the limit of a split key', () => {
  startedWith({ RATE_PER_SPLIT_KEY: '1' });

  it('counts new signatures, in either form, and is told by 429', async () => {
    const since = performance.now();
    const key = await newKey(server.as('alice 9'));
    const counted = await statuses(25, (index) => signMessage(server.anonymous(), key, sha3(`new ${index}`)));
    expectTen(counted[200], since);
    let more = 0;
    const refused = await limited(() => signMessage(server.anonymous(), key, sha3(`more ${more++}`)));
    expect(problemOf(refused, 429).code).toBe('RATE.LIMITED');
    expect(refused.headers.get('retry-after')).toBe('1');
    const other = await newKey(server.as('alice 9'));
    expect((await signMessage(server.anonymous(), other, sha3('of another'))).status).toBe(200);
    expect(await limitedBy('split_key')).toBeGreaterThanOrEqual(10);
    expect((await server.audit()).filter(({ code }) => code === 'RATE.LIMITED')).toEqual([]);
  });

  it('is not used up by naming the key or by sending its requests again', async () => {
    const key = await newKey(server.as('alice 10'));
    const [client, hash] = [await walletClient(), sha3('overheard')];
    const partial = client.sign(key.userShare, hash);
    const attacker = from(server.anonymous(), '192.0.12.66');
    expect(await statuses(40, () => sendMessage(attacker, key, hash, partial))).toEqual({ 200: 40 });
    const wrong = client.sign(key.userShare, sha3('another message'));
    expect(await statuses(40, () => sendMessage(attacker, key, hash, wrong))).toEqual({ 400: 40 });
    const owner = from(server.anonymous(), '192.0.12.1');
    expect(await statuses(9, (index) => signMessage(owner, key, sha3(`mine ${index}`)))).toEqual({ 200: 9 });
  });
});

describe('the defaults', () => {
  it('are far above what a small machine can sign', () => {
    const usual = loadConfiguration({});
    for (const rate of [usual.ratePerUser, usual.ratePerSplitKey, usual.ratePerAddress]) {
      // Several times what two cores sign, and what a storage client sends.
      expect(rate * usual.rateBurstSeconds).toBeGreaterThanOrEqual(10_000);
    }
  });
});
