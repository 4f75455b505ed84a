import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { heldKey, sendMessage, signMessage } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { UnpooledClient } from '../../support/unpooled-client.js';
import { sha3, walletClient } from '../../support/wallet-client.js';

let server: TestServer;
let key: HeldKey;
beforeAll(async () => {
  // Four places, and the slow engine. The test plays the proxy, and with it all clients.
  server = await startTestServer({
    BLS_ENGINE: 'noble',
    SIGNING_WORKERS: '1',
    SIGNING_BATCH_MAX: '1',
    SIGNING_QUEUE_MAX: '3',
    TRUSTED_PROXIES: '127.0.0.1',
  });
  key = heldKey((await splitWallet(server.as('alice'))).key);
});
afterAll(() => server.stop());

const clientAt = (address: string): UnpooledClient => new UnpooledClient(server.url, { 'X-Forwarded-For': address });

/** Has so many connections send a wrong partial signature again and again, until `work` is done; then what they heard. */
async function whileFlooded<T>(
  flood: { readonly addresses: readonly string[]; readonly victim: HeldKey },
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly statuses: ReadonlySet<number> }> {
  const wrong = (await walletClient()).sign(flood.victim.userShare, sha3('another message'));
  const heard = new Set<number>();
  let isOver = false;
  const senders = flood.addresses.flatMap((address) =>
    Array.from({ length: 8 }, async () => {
      while (!isOver) heard.add((await sendMessage(clientAt(address), flood.victim, sha3('flood'), wrong)).status);
    }),
  );
  // The flood has all the places that it may have.
  while (!heard.has(503)) await new Promise((resolve) => setTimeout(resolve, 5));
  try {
    return { result: await work(), statuses: heard };
  } finally {
    isOver = true;
    await Promise.all(senders);
  }
}

async function signOften(times: number, address: string, held: HeldKey): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < times; index++) {
    statuses.push((await signMessage(clientAt(address), held, sha3(`${address} ${index}`))).status);
  }
  return statuses;
}

const ALL_SIGNED = Array.from({ length: 6 }, () => 200);

describe('a flood of signing requests from one address', () => {
  it('keeps nobody else out, the owner of the split key that it names not either', async () => {
    const flood = { addresses: ['192.0.2.66'], victim: key };
    const other = heldKey((await splitWallet(server.as('bob'))).key);
    const { result, statuses } = await whileFlooded(flood, async () => [
      await signOften(6, '192.0.2.1', key),
      await signOften(6, '192.0.2.2', other),
    ]);
    expect(result).toEqual([ALL_SIGNED, ALL_SIGNED]);
    expect([...statuses].sort()).toEqual([400, 503]);
  });
});

describe('a flood from two addresses that names one split key', () => {
  it('does not keep its owner out', async () => {
    const flood = { addresses: ['192.0.2.66', '192.0.2.67'], victim: key };
    const { result } = await whileFlooded(flood, () => signOften(6, '192.0.2.3', key));
    expect(result).toEqual(ALL_SIGNED);
  });
});

describe('requests of one user', () => {
  it('have half of the places at most, from wherever they come, and leave no entry of those that had none', async () => {
    const alice = Array.from({ length: 24 }, (_, index) =>
      clientAt(`192.0.3.${index}`).with({ 'X-Jwt-Token': server.token('alice') }),
    );
    const before = (await server.audit()).length;
    const flood = alice.map((client, index) => signMessage(client, key, sha3(`of alice ${index}`)));
    const bob = await signOften(3, '192.0.2.4', heldKey((await splitWallet(server.as('bob'))).key));
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    expect(bob).toEqual([200, 200, 200]);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    const entries = (await server.audit()).slice(before).filter(({ actorId }) => actorId === 'alice');
    expect(entries.map(({ outcome }) => outcome)).toEqual(
      statuses.filter((status) => status === 200).map(() => 'approved'),
    );
  });
});
