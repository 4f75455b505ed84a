import { describe, expect, it } from '@jest/globals';
import { createBlsEngine } from '../../src/crypto/create-engine.js';
import { buffersIn, moved } from '../../src/engine/key-making/key-job.js';
import type { KeyAnswer, KeyJob } from '../../src/engine/key-making/key-job.js';
import { KeyWork } from '../../src/engine/key-making/key-work.js';
import { foreignSplitKey } from '../support/foreign-split-key.js';
import { walletClient } from '../support/wallet-client.js';

const bytes = (hex: string): Uint8Array<ArrayBuffer> => moved(Buffer.from(hex, 'hex'));
const hex = (value: unknown): string => Buffer.from(value as Uint8Array).toString('hex');
const isWiped = (value: Uint8Array): boolean => value.every((byte) => byte === 0);

/** The result's fields. */
function done(answer: KeyAnswer): Record<string, unknown> {
  if (answer.outcome !== 'done') throw new Error(`${answer.outcome}: ${answer.reason}`);
  return { ...answer.result };
}

describe.each(['herumi', 'noble'] as const)('the work of making keys by %s', (name) => {
  it('makes words, the key that grows from them, and its public key', async () => {
    const work = new KeyWork(await createBlsEngine(name));
    const made = done(work.answer({ kind: 'new-wallet' }));
    const words = made['words'] as Uint8Array<ArrayBuffer>;
    expect(new TextDecoder().decode(words).split(' ')).toHaveLength(24);
    const again = done(work.answer({ kind: 'read-words', words: moved(words), field: 'words' }));
    expect(hex(again['secret'])).toBe(hex(made['secret']));
    expect(hex(made['publicKey'])).toBe((await walletClient()).publicKeyOf(hex(made['secret'])));
  });

  it('names keys, splits them, and says whether halves add up, as an implementation that is not ours', async () => {
    const work = new KeyWork(await createBlsEngine(name));
    const [key, other] = [await foreignSplitKey(), await foreignSplitKey()];
    expect(hex(done(work.answer({ kind: 'name', secret: bytes(key.masterKey) }))['publicKey'])).toBe(key.clientKey);
    const halves = done(work.answer({ kind: 'split', secret: bytes(key.masterKey) }));
    const made = await foreignSplitKey(hex(halves['userShare']), hex(halves['serverShare']));
    expect(made.masterKey).toBe(key.masterKey);
    expect([hex(halves['userPublicKey']), hex(halves['serverPublicKey'])]).toEqual([
      made.userPublicKey,
      made.serverPublicKey,
    ]);
    const addUp = (sum: string): KeyJob => ({
      kind: 'add-up',
      secret: bytes(key.serverShare),
      other: { field: 'other', bytes: bytes(key.userPublicKey) },
      sum: { field: 'sum', bytes: bytes(sum) },
    });
    expect(done(work.answer(addUp(key.clientKey)))['addsUp']).toBe(true);
    expect(done(work.answer(addUp(other.clientKey)))['addsUp']).toBe(false);
    expect(work.answer(addUp('11'.repeat(64)))).toMatchObject({ outcome: 'malformed', field: 'sum' });
  });

  it('wipes every secret that it was given, and hands out only what is moved', async () => {
    const work = new KeyWork(await createBlsEngine(name));
    const key = await foreignSplitKey();
    const words = moved(new TextEncoder().encode('these are no words'));
    const jobs: KeyJob[] = [
      { kind: 'name', secret: bytes(key.masterKey) },
      { kind: 'split', secret: bytes(key.masterKey) },
      { kind: 'split', secret: bytes('00'.repeat(32)) },
      { kind: 'read-words', words, field: 'mnemonic' },
    ];
    const answers = jobs.map((job) => work.answer(job));
    for (const job of jobs) expect(buffersIn(job).map((buffer) => isWiped(new Uint8Array(buffer)))).toEqual([true]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'malformed', 'malformed']);
    expect(JSON.stringify(answers.slice(2))).not.toContain('these are');
    // Each in a buffer of its own, so that moving one leaves nothing behind.
    const moving = answers.slice(0, 2).flatMap((answer) => buffersIn(answer));
    expect(moving.map(({ byteLength }) => byteLength).sort()).toEqual([32, 32, 64, 64, 64]);
  });
});
