import { join } from 'node:path';
import { afterAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import { getDataSourceToken } from '@nestjs/typeorm';
import BetterSqlite3 from 'better-sqlite3';
import type { DataSource } from 'typeorm';
import { kmsHere } from '../cli/kms-here.js';
import { Clock } from '../../src/clock/clock.js';
import { GuardedClock } from '../../src/clock/guarded-clock.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { startServer } from '../../src/server.js';
import type { RunningServer } from '../../src/server.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom } from '../start/served-directory.js';
import { ApiClient } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { givePolicy } from '../support/given-policy.js';
import { MovedTime } from '../support/moved-time.js';
import { tokenFor } from '../support/shared-secret.js';
import { heldKey, signTransaction } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { transfer } from '../support/transactions.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import type { WireSplitKey } from '../support/wire-types.js';

const DAY = 86_400;
const TOLERANCE = 300;

/** Shows the time of a source as it is, as the operator's machine does. */
class Shown extends Clock {
  constructor(private readonly time: MovedTime) {
    super();
  }

  override nowMilliseconds(): number {
    return this.time.wall();
  }
}

let [directory, start, time] = ['', 0, new MovedTime(0)];
let server: RunningServer;
beforeEach(async () => {
  directory = newDataDirectory();
  start = Math.floor(Date.now() / 1000);
  time = new MovedTime(start);
  await serve();
});
afterEach(() => server.close());
afterAll(removeDataDirectories);

async function serve(): Promise<void> {
  const clock = new GuardedClock(TOLERANCE, time);
  server = await startServer(loadConfiguration(servedFrom(directory)), { clock });
}

const alice = (): ApiClient => new ApiClient(server.url, { 'X-Jwt-Token': tokenFor('alice') });

async function sign(key: WireSplitKey, privateKey = key.private_key): Promise<Answer> {
  const client = await walletClient();
  const hash = sha3('a message');
  const asker = new ApiClient(server.url, { 'X-Peer-Public-Key': key.public_key });
  return asker.post('/sign/msg', { hash, signature: client.sign(privateKey, hash), client_id: key.client_id });
}

const ready = (): Promise<Answer> => new ApiClient(server.url).get('/health/ready');
const IN_DOUBT = { status: 503, code: 'CLOCK.IN_DOUBT' };

async function acceptTime(): Promise<{ code: number; said: string }> {
  const run = await kmsHere(['clock', 'accept'], servedFrom(directory), { clock: new Shown(time) });
  return { code: run.code, said: `${run.out}${run.error}`.trimEnd() };
}

function entries(): { action: string; code: string | null; facts: string | null }[] {
  const database = new BetterSqlite3(join(directory, 'kms.sqlite'), { readonly: true });
  try {
    return database
      .prepare<[], { action: string; code: string | null; facts: string | null }>(
        'SELECT action, code, facts FROM audit_record ORDER BY id',
      )
      .all();
  } finally {
    database.close();
  }
}

describe('while the clock is far behind what it had shown', () => {
  it('nothing is signed and ready says why, but strangers hear nothing of it and revoking works', async () => {
    const { wallet, key } = await splitWallet(alice());
    const { key: other } = await splitWallet(alice());
    time.set(start - DAY);
    const refused = await sign(key);
    expect(refused.json).toMatchObject(IN_DOUBT);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await sign(key, other.private_key)).json).toMatchObject({ code: 'SIGNING.PARTIAL_INVALID' });
    const answer = await ready();
    expect(answer.status).toBe(503);
    expect(answer.json).toMatchObject({ reasons: { clock: expect.stringMatching(/behind.*accept-time/) } });
    expect((await new ApiClient(server.url).get('/health/live')).status).toBe(200);
    const revoked = await alice().post(`/revoke/${wallet.client_id}`, { public_key: key.public_key });
    expect(revoked.status).toBe(200);
    time.set(start);
    expect((await sign(other)).status).toBe(200);
    expect((await ready()).status).toBe(200);
  });

  it('does not forget it over a restart, until the operator accepts the time, which is recorded', async () => {
    const { key } = await splitWallet(alice());
    const { key: short } = await splitWallet(alice(), { expires_at: start + 60 });
    time.pass(100);
    await server.close();
    time.set(start - DAY);
    await serve();
    expect((await sign(key)).json).toMatchObject(IN_DOUBT);
    expect(await acceptTime()).toEqual({ code: 2, said: expect.stringMatching(/cannot accept the time: .*in use/) });
    await server.close();
    const { code, said } = await acceptTime();
    expect(said).toMatch(/^accepted /);
    expect(code).toBe(0);
    const last = entries().at(-1);
    expect(last).toMatchObject({ action: 'accept-time', code: null });
    expect(JSON.parse(last?.facts ?? '')).toEqual({
      believed_time_ms: { after: (start - DAY) * 1000, before: (start + 100) * 1000 },
    });
    await serve();
    expect((await sign(key)).status).toBe(200);
    expect((await sign(short)).status).toBe(200);
  });
});

describe('while the clock has jumped ahead', () => {
  it('what may have expired waits, the rest signs, and nothing is lost when it was wrong', async () => {
    const { key } = await splitWallet(alice());
    const { key: short } = await splitWallet(alice(), { expires_at: start + 600 });
    time.set(start + DAY);
    expect((await sign(key)).status).toBe(200);
    expect((await sign(short)).json).toMatchObject(IN_DOUBT);
    expect((await ready()).status).toBe(200);
    await server.close();
    time.set(start);
    await serve();
    expect((await sign(short)).status).toBe(200);
  });

  it('is believed when it has gone on in step for as long as the tolerance', async () => {
    const { key } = await splitWallet(alice());
    const { key: short } = await splitWallet(alice(), { expires_at: start + DAY });
    time.set(start + DAY);
    expect((await sign(short)).json).toMatchObject(IN_DOUBT);
    time.pass(TOLERANCE);
    expect((await sign(short)).json).toMatchObject({ status: 400, code: 'SPLIT_KEY.EXPIRED' });
    expect((await sign(key)).status).toBe(200);
  });
});

describe('what a policy says of time, while the clock has jumped ahead', () => {
  const doubted = async (key: WireSplitKey, policy: unknown): Promise<unknown> => {
    const dataSource = (): DataSource => server.app.get<DataSource>(getDataSourceToken());
    await givePolicy({ dataSource, app: server.app }, heldKey(key), policy);
    return (await sign(key)).json;
  };

  it('must hold at both ends, and what holds at one waits', async () => {
    const { key } = await splitWallet(alice());
    time.set(start + DAY);
    const signed = { sig: expect.stringMatching(/^[0-9a-f]{64}$/) };
    const messages = 'any';
    expect(await doubted(key, { messages, not_before: start })).toMatchObject(signed);
    expect(await doubted(key, { messages, not_before: start + DAY })).toMatchObject(IN_DOUBT);
    expect(await doubted(key, { messages, not_before: start + DAY + 1 })).toMatchObject({ reason: 'not-yet' });
    time.pass(TOLERANCE);
    expect(await doubted(key, { messages, not_before: start + DAY })).toMatchObject(signed);
  });

  it('goes for creation dates of every key', async () => {
    const { wallet, key } = await splitWallet(alice());
    const client = new ApiClient(server.url);
    const created = (seconds: number): Promise<Answer> =>
      signTransaction(client, heldKey(key), { ...transfer(wallet), creation_date: String(seconds) });
    time.set(start + DAY);
    expect((await created(start + 600)).status).toBe(200);
    expect((await created(start + 601)).json).toMatchObject(IN_DOUBT);
    expect((await created(start + DAY + 600)).json).toMatchObject(IN_DOUBT);
    expect((await created(start + DAY + 601)).json).toMatchObject({ status: 400, reason: 'creation-date-ahead' });
    time.pass(TOLERANCE);
    expect((await created(start + DAY + 600)).status).toBe(200);
  });
});

describe('npm run accept-time', () => {
  it('changes nothing where the clock is not behind', async () => {
    await server.close();
    expect(await acceptTime()).toEqual({ code: 0, said: 'the clock is not behind: nothing was changed' });
    expect(entries()).toEqual([]);
    await serve();
  });
});
