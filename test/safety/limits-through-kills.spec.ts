import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiClient } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt, stopBuilt } from '../support/built-server.js';
import type { BuiltServer } from '../support/built-server.js';
import { keyWithPolicy } from '../support/key-with-policy.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { signTransaction } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { transfer } from '../support/transactions.js';
import type { TestTransaction } from '../support/transactions.js';
import type { WireWallet } from '../support/wire-types.js';

const MOST = 60;
const HOLDERS = 8;
/** Answers after which the process is killed. */
const KILLED_AFTER = [11, 17, 23];

const directory = mkdtempSync(join(tmpdir(), 'kms-limits-'));
const start = (): Promise<BuiltServer> =>
  startBuilt({
    DATA_DIR: directory,
    JWT_SECRET: SHARED_SECRET,
    LOG_LEVEL: 'silent',
    RATE_REFUSALS_PER_SPLIT_KEY: '0',
  });

beforeAll(() => {
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  rmSync(directory, { recursive: true, force: true });
});

let nonce = 0;
const next = (wallet: WireWallet): TestTransaction => ({
  ...transfer(wallet, '1'),
  transaction_nonce: String((nonce += 1)),
});

/** Signs one after the other until the connection breaks; notes what was answered. */
async function signUntilCut(
  { url }: BuiltServer,
  { wallet, key }: { wallet: WireWallet; key: HeldKey },
  signed: TestTransaction[],
  onAnswer: () => void,
): Promise<void> {
  try {
    for (;;) {
      const transaction = next(wallet);
      const { status } = await signTransaction(new ApiClient(url), key, transaction);
      if (status === 200) signed.push(transaction);
      onAnswer();
    }
  } catch (error) {
    // What `fetch` says of a cut connection; whatever else it is must fail the test.
    if (!/^TypeError: (fetch failed|terminated)/.test(String(error))) throw error;
  }
}

it('a limit is never exceeded, and forgets nothing that was answered, when the process is killed', async () => {
  let server = await start();
  const owner = new ApiClient(server.url, { 'X-Jwt-Token': tokenFor('alice') });
  const holder = await keyWithPolicy(owner, { limits: [{ kind: 'total', max_count: MOST, max_value: String(MOST) }] });
  const signed: TestTransaction[] = [];
  for (const answers of KILLED_AFTER) {
    let left = answers;
    const onAnswer = (): void => {
      left -= 1;
      if (left === 0) server.process.kill('SIGKILL');
    };
    await Promise.all(Array.from({ length: HOLDERS }, () => signUntilCut(server, holder, signed, onAnswer)));
    expect(await server.ended).toEqual({ code: null, signal: 'SIGKILL' });
    server = await start();
  }
  const api = new ApiClient(server.url);
  // Answered again, since they count already.
  const again = await Promise.all(signed.map((transaction) => signTransaction(api, holder.key, transaction)));
  expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
  const rest = await Promise.all(
    Array.from({ length: MOST }, () => signTransaction(api, holder.key, next(holder.wallet))),
  );
  const approved = rest.filter(({ status }) => status === 200).length;
  // Killed between the commit and the answer, a signature is counted that nobody has: as many as were under way at most.
  expect(signed.length + approved).toBeLessThanOrEqual(MOST);
  expect(signed.length + approved).toBeGreaterThanOrEqual(MOST - HOLDERS * KILLED_AFTER.length);
  await stopBuilt(server);
}, 240_000);
