import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest } from '@jest/globals';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom } from '../start/served-directory.js';
import { ApiClient, successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt, stopBuilt } from '../support/built-server.js';
import { afterMounting, itWithMounts } from '../support/mounts.js';
import { tokenFor } from '../support/shared-secret.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3, walletClient } from '../support/wallet-client.js';

jest.setTimeout(240_000);
beforeAll(() => {
  ensureBuilt();
});
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

/** A disk of its own for the database. */
const SMALL_DISK = 'mkdir -p "$0"; mount -t tmpfs -o size=96m,mode=0700 tmpfs "$0"';

/** What a decision may take when it cannot be written, and how soon there are signatures again. */
const [FAILS_WITHIN_MS, RESUMES_WITHIN_MS] = [1_000, 5_000];

/** Fills what is left, down to the last byte that a file can have. */
function fill(disk: string): void {
  for (const [name, bytes] of Object.entries({ large: 1 << 20, middle: 1 << 14, small: 1 << 10 })) {
    try {
      for (;;) writeFileSync(join(disk, `fill-${name}`), Buffer.alloc(bytes), { flag: 'a' });
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
  }
}

function free(disk: string): void {
  for (const name of ['large', 'middle', 'small']) rmSync(join(disk, `fill-${name}`));
}

describe('a disk that fills up while the service runs', () => {
  itWithMounts('stops signatures at once, not what hands out nothing, and is over when there is room', async () => {
    const directory = newDataDirectory();
    const built = await startBuilt(servedFrom(directory), afterMounting(SMALL_DISK, directory));
    const disk = `/proc/${String(built.process.pid)}/root${directory}`;
    const owner = new ApiClient(built.url, { 'X-Jwt-Token': tokenFor('alice') });
    const signer = await walletClient();
    const { wallet, key } = await splitWallet(owner);
    let signed = 0;
    const sign = async (): Promise<{ answer: Answer; tookMs: number }> => {
      const hash = sha3(`on a full disk ${(signed += 1)}`);
      const signature = signer.sign(key.private_key, hash);
      const before = performance.now();
      const answer = await new ApiClient(built.url, { 'X-Peer-Public-Key': key.public_key }).post('/sign/msg', {
        hash,
        signature,
        client_id: wallet.client_id,
      });
      return { answer, tookMs: performance.now() - before };
    };
    expect((await sign()).answer.status).toBe(200);

    fill(disk);
    // The log of the database has some room of its own.
    let refused = await sign();
    for (let more = 0; more < 2_000 && refused.answer.status === 200; more += 1) refused = await sign();
    for (let again = 0; again < 5; again += 1) {
      expect([refused.answer.status, (refused.answer.json as { code: string }).code]).toEqual([
        503,
        'AUDIT.UNAVAILABLE',
      ]);
      expect(refused.answer.text).not.toContain('sig');
      expect(refused.tookMs).toBeLessThan(FAILS_WITHIN_MS);
      refused = await sign();
    }
    expect((await owner.post(`/revoke/${wallet.client_id}`, { public_key: key.public_key })).status).toBe(503);
    expect((await owner.get(`/keys/${wallet.client_id}`)).status).toBe(503);
    for (const path of ['/wallets', '/wallets/deleted', `/keys/${wallet.client_id}?shares=none`, '/audit/checkpoint']) {
      expect([path, (await owner.get(path)).status]).toEqual([path, 200]);
    }
    expect(successOf<unknown[]>(await owner.get('/wallets'))).toHaveLength(1);
    expect((await owner.get('/health/live')).status).toBe(200);
    expect((await owner.get('/health/ready')).text).toContain('its disk is full');

    free(disk);
    const freedAt = performance.now();
    let resumed = await sign();
    while (resumed.answer.status !== 200 && performance.now() - freedAt < RESUMES_WITHIN_MS) {
      await sleep(100);
      resumed = await sign();
    }
    expect(resumed.answer.status).toBe(200);
    // It tries a write of its own every five seconds.
    let ready = await owner.get('/health/ready');
    while (ready.status !== 200 && performance.now() - freedAt < 2 * RESUMES_WITHIN_MS) {
      await sleep(100);
      ready = await owner.get('/health/ready');
    }
    expect([ready.status, ready.text]).toEqual([200, expect.any(String)]);
    await stopBuilt(built);
  });
});
