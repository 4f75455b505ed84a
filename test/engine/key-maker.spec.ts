import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Worker } from 'node:worker_threads';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { KeyMaker } from '../../src/engine/key-making/key-maker.js';
import { codeOf } from '../../src/errors/error-code.js';
import type { UserId } from '../../src/identity/user-id.js';
import { watchWorkers } from '../auth/curve-workers/new-workers.js';
import { foreignSplitKey } from '../support/foreign-split-key.js';

const [ALICE, FLOOD] = ['alice' as UserId, 'flood' as UserId];

let maker: KeyMaker;
let workers: readonly Worker[];
let stopWatching: () => void;
beforeEach(async () => {
  ({ all: workers, stopWatching } = watchWorkers());
  maker = new KeyMaker('herumi', 8);
  await maker.onModuleInit();
});
afterEach(async () => {
  stopWatching();
  await maker.onApplicationShutdown();
});

const secretOf = (hex: string): SecretBytes => new SecretBytes(Uint8Array.from(Buffer.from(hex, 'hex')));
const codes = async (work: readonly Promise<unknown>[]): Promise<unknown[]> =>
  (await Promise.allSettled(work)).map((one) => (one.status === 'fulfilled' ? 'done' : codeOf(one.reason)));

describe('the thread that makes keys', () => {
  it('leaves a secret that it was handed as it was, for its owner to wipe', async () => {
    const key = await foreignSplitKey();
    const masterKey = secretOf(key.masterKey);
    const { userShare, serverShare } = await maker.split(ALICE, masterKey);
    const made = await foreignSplitKey(
      Buffer.from(userShare.expose()).toString('hex'),
      Buffer.from(serverShare.expose()).toString('hex'),
    );
    expect(made.masterKey).toBe(key.masterKey);
    expect(Buffer.from(masterKey.expose()).toString('hex')).toBe(key.masterKey);
  });

  it('names the field of what is malformed, and goes on', async () => {
    const words = new SecretBytes(new TextEncoder().encode('no words'));
    await expect(maker.keyOfWords(ALICE, words, 'mnemonics')).rejects.toMatchObject({ field: 'mnemonics' });
    expect((await maker.newWallet(ALICE)).clientKey).toHaveLength(64);
  });

  it('lets users take turns: whoever asks for one goes before the rest of a flood', async () => {
    const order: string[] = [];
    const flood = Array.from({ length: 4 }, async () => {
      await maker.newWallet(FLOOD);
      order.push('flood');
    });
    const alice = maker.newWallet(ALICE).then(() => order.push('alice'));
    await Promise.all([...flood, alice]);
    // One of the flood is being made when Alice comes, and another may have its turn before hers.
    expect(order.indexOf('alice')).toBeLessThanOrEqual(2);
  });

  it('refuses at once what finds no room, and leaves half of the room to others', async () => {
    const asked = await codes(Array.from({ length: 20 }, () => maker.newWallet(FLOOD)).concat(maker.newWallet(ALICE)));
    // One was taken at once.
    expect(asked.filter((code) => code === 'done')).toHaveLength(1 + 4 + 1);
    expect(asked.filter((code) => code === 'WRITES.OVERLOADED')).toHaveLength(15);
    expect(asked.at(-1)).toBe('done');
  });

  it('that dies fails the job it had, and is replaced for the next', async () => {
    const asked = codes([maker.newWallet(ALICE), maker.newWallet(ALICE)]);
    await new Promise((resolve) => setImmediate(resolve));
    await workers[0]?.terminate();
    expect(await asked).toEqual(['WRITES.OVERLOADED', 'done']);
    expect(workers).toHaveLength(2);
  });

  it('makes nothing more when it was ended', async () => {
    const asked = codes([maker.newWallet(ALICE), maker.newWallet(ALICE)]);
    await maker.onApplicationShutdown();
    expect(await asked).toEqual(['WRITES.OVERLOADED', 'WRITES.OVERLOADED']);
    expect(await codes([maker.newWallet(ALICE)])).toEqual(['WRITES.OVERLOADED']);
  });
});
