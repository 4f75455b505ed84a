import { Agent } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { rawRequest } from '../../support/raw-http.js';
import type { RawAnswer } from '../../support/raw-http.js';
import { heldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3, walletClient } from '../../support/wallet-client.js';

const HASH = sha3('one who does not wait');
// Room for two, and the slow engine.
const NARROW = { BLS_ENGINE: 'noble', SIGNING_WORKERS: '1', SIGNING_BATCH_MAX: '1', SIGNING_QUEUE_MAX: '1' };

let server: TestServer;
let headers: Record<string, string>;
let body: string;
beforeAll(async () => {
  server = await startTestServer(NARROW);
  const { key } = await splitWallet(server.as('alice'));
  const { clientId, userPublicKey, userShare } = heldKey(key);
  const signature = (await walletClient()).sign(userShare, HASH);
  body = JSON.stringify({ hash: HASH, signature, client_id: clientId });
  const length = String(Buffer.byteLength(body));
  headers = { 'X-Peer-Public-Key': userPublicKey, 'Content-Type': 'application/json', 'Content-Length': length };
});
afterAll(() => server.stop());

const agents: Agent[] = [];
afterEach(() => {
  for (const agent of agents.splice(0)) agent.destroy();
});

/** Asks on one connection that is kept. */
class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly path = '/sign/msg',
    private readonly more: Readonly<Record<string, string>> = {},
  ) {
    agents.push(this.#agent);
  }

  sign(): Promise<RawAnswer> {
    const { more, path } = this;
    return rawRequest(server.url, { agent: this.#agent, method: 'POST', path, headers: { ...headers, ...more } }, body);
  }

  get(path: string): Promise<RawAnswer> {
    return rawRequest(server.url, { agent: this.#agent, path });
  }

  leave(): void {
    this.#agent.destroy();
  }
}

const clients = (count: number, ...how: ConstructorParameters<typeof Client>): Client[] =>
  Array.from({ length: count }, () => new Client(...how));

/** The clients that are refused when all ask at once. */
async function refusedOf(all: readonly Client[]): Promise<Client[]> {
  const answers = await Promise.all(all.map((client) => client.sign()));
  return all.filter((_, index) => answers[index]?.status === 503);
}

describe('a connection that was refused and asks again at once', () => {
  it.each([
    ['plainly', '/sign/msg', {}],
    ['with a query', '/sign/msg?now=1', {}],
    ['from a browser', '/sign/msg', { Origin: 'https://wallet.example' }],
    ['in the SDK dialect', '/zauth/sign/msg', {}],
  ])('waits for room instead of being refused again: %s', async (_, path, more) => {
    const refusals = await Promise.all(
      clients(12, path, more).map(async (client) => {
        let count = 0;
        while ((await client.sign()).status !== 200) count++;
        return count;
      }),
    );
    expect(Math.max(...refusals)).toBe(1);
    expect(refusals.filter((count) => count === 1).length).toBeGreaterThanOrEqual(5);
  });

  it('is refused again when it has waited for two seconds', async () => {
    const gaps = await Promise.all(
      clients(250).map(async (client) => {
        if ((await client.sign()).status === 200) return undefined;
        const toldAt = performance.now();
        const again = await client.sign();
        if (again.status === 200) return undefined;
        expect([again.status, again.headers['retry-after']]).toEqual([503, '1']);
        return performance.now() - toldAt;
      }),
    );
    const waits = gaps.filter((gap) => gap !== undefined);
    expect(waits.length).toBeGreaterThanOrEqual(1);
    expect(Math.min(...waits)).toBeGreaterThan(1990);
  });

  it('is answered at once when it asks for something else', async () => {
    const [first, ...others] = await refusedOf(clients(20));
    if (first === undefined) throw new Error('nothing was refused');
    let signed = 0;
    const waiting = others.map((client) => client.sign().then(() => signed++));
    const { status, text } = await first.get('/metrics');
    expect(status).toBe(200);
    expect(signed).toBeLessThan(others.length);
    expect(Number(/^kms_http_waiting_room_requests (\d+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(1);
    await Promise.all(waiting);
    expect((await first.get('/metrics')).text).toContain('kms_http_waiting_room_requests 0\n');
  });

  it('leaves no signature behind when it goes away meanwhile', async () => {
    const before = (await server.audit()).length;
    const all = clients(30);
    const refused = await refusedOf(all);
    const gone = refused.map((client) => client.sign());
    for (const client of refused) client.leave();
    const outcomes = await Promise.allSettled(gone);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect((await new Client().sign()).status).toBe(200);
    // A request that came before its connection went may have been under way already: there is room for two.
    const entries = (await server.audit()).length - before;
    expect(entries).toBeGreaterThan(all.length - refused.length);
    expect(entries).toBeLessThanOrEqual(all.length - refused.length + 3);
  });

  it('is answered when the service ends meanwhile', async () => {
    const before = server;
    try {
      server = await startTestServer(NARROW);
      const refused = await refusedOf(clients(30));
      expect(refused.length).toBeGreaterThanOrEqual(5);
      const waiting = Promise.all(refused.map((client) => client.sign()));
      // Sent before the end is asked for: the service has begun to answer.
      await new Client().get('/health/live');
      await server.stop();
      // Whoever is let in hears that this server knows no such split key.
      for (const { status } of await waiting) expect([400, 503]).toContain(status);
    } finally {
      server = before;
    }
  });

  it('gets an answer to each of several requests that it sends without waiting', async () => {
    const text = Object.entries({ ...headers, Host: 'kms' }).map(([name, value]) => `${name}: ${value}\r\n`);
    const one = `POST /sign/msg HTTP/1.1\r\n${text.join('')}\r\n${body}`;
    const busy = clients(10).map((client) => client.sign());
    const statuses = await new Promise<string[]>((resolve, reject) => {
      let received = '';
      const { hostname, port } = new URL(server.url);
      const socket = connect(Number(port), hostname, () => socket.write(one.repeat(6)));
      socket.on('error', reject).on('data', (chunk) => {
        received += chunk.toString('latin1');
        const found = [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status = '']) => status);
        if (found.length < 6) return;
        socket.destroy();
        resolve(found);
      });
    });
    await Promise.all(busy);
    expect(statuses).toHaveLength(6);
    for (const status of statuses) expect(['200', '503']).toContain(status);
  });
});
