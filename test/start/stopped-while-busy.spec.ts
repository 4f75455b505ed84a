import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, successOf } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt, stopBuilt } from '../support/built-server.js';
import { rawRequest } from '../support/raw-http.js';
import type { RawAnswer } from '../support/raw-http.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import type { WireWallet } from '../support/wire-types.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

const USERS = ['ann', 'ben', 'cleo', 'dan', 'eve'] as const;

interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

beforeAll(() => {
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

/** Each makes five wallets, and has five messages signed. */
async function callsOf(url: string, user: string): Promise<Call[]> {
  const { key } = await splitWallet(new ApiClient(url, { 'X-Jwt-Token': tokenFor(user) }));
  const client = await walletClient();
  return Array.from({ length: 10 }, (_, at) => {
    if (at % 2 === 0) return { path: '/wallet', headers: { 'X-Jwt-Token': tokenFor(user) }, body: '{}' };
    const hash = sha3(`${user} ${at}`);
    const body = { hash, signature: client.sign(key.private_key, hash), client_id: key.client_id };
    return { path: '/sign/msg', headers: { 'X-Peer-Public-Key': key.public_key }, body: JSON.stringify(body) };
  });
}

/** On a connection of its own that has been accepted: one that waits to be could not be told anything. */
async function connected(url: string): Promise<(call: Call) => Promise<RawAnswer>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await rawRequest(url, { agent, path: '/health/live' });
  return ({ path, headers, body }) => {
    const more = { ...headers, 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) };
    return rawRequest(url, { agent, path, method: 'POST', headers: more }, body);
  };
}

describe('SIGTERM while 50 requests are under way', () => {
  it('drops none of them, and the process ends within ten seconds', async () => {
    const environment = { DATA_DIR: newDataDirectory(), JWT_SECRET: SHARED_SECRET, LOG_LEVEL: 'silent' };
    const built = await startBuilt(environment);
    const calls = (await Promise.all(USERS.map((user) => callsOf(built.url, user)))).flat();
    const held = await Promise.all(calls.map(async (call) => ({ call, send: await connected(built.url) })));
    const answers = held.map(({ call, send }) => send(call));
    await Promise.race(answers);
    built.process.kill('SIGTERM');
    const tenSeconds = AbortSignal.timeout(10_000);
    const statuses = (await Promise.all(answers)).map(({ status }, at) => `${calls[at]?.path} ${status}`);
    expect(statuses).toEqual(calls.map(({ path }) => `${path} ${path === '/wallet' ? 201 : 200}`));
    expect(await built.ended).toEqual({ code: 0, signal: null });
    expect(tenSeconds.aborted).toBe(false);

    const again = await startBuilt(environment);
    for (const user of USERS) {
      const owner = new ApiClient(again.url, { 'X-Jwt-Token': tokenFor(user) });
      expect(successOf<WireWallet[]>(await owner.get('/wallets'))).toHaveLength(6);
    }
    await stopBuilt(again);
  }, 120_000);
});
