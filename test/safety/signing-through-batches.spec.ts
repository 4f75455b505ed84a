import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../support/api-client.js';
import type { Answer, ApiClient } from '../support/api-client.js';
import type { ForeignSplitKey } from '../support/foreign-split-key.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { walletClient } from '../support/wallet-client.js';
import { tapCurveWorkers, untilHandedOver, untilWaiting } from './curve-tap.js';
import type { CurveTap } from './curve-tap.js';
import { prepare, sendPrepared, setUpWallets, spoiled } from './prepared-requests.js';
import type { PreparedRequest } from './prepared-requests.js';
import { findSecrets, secretOfHex } from './secret-forms.js';
import { recordOf } from './signing-race.js';

describe.each(['herumi', 'noble'] as const)('signing in batches by %s', (engine) => {
  let server: TestServer;
  let tap: CurveTap;
  let owner: ApiClient;
  let anybody: ApiClient;
  let wallets: readonly ForeignSplitKey[];
  beforeAll(async () => {
    tap = tapCurveWorkers();
    server = await startTestServer({ BLS_ENGINE: engine, SIGNING_WORKERS: '1', LOG_LEVEL: 'silent' });
    owner = server.as('owner', `${server.url}/zauth`);
    anybody = server.anonymous();
    wallets = await setUpWallets(owner, 5);
  });
  afterAll(() => {
    tap.close();
    return server.stop();
  });

  const send = (request: PreparedRequest): Promise<Answer> => sendPrepared(anybody, request);
  const textsOf = (answers: readonly Answer[]): string[] => answers.map(({ text }) => text);
  const rightOf = (requests: readonly PreparedRequest[]): string[] => requests.map(({ right }) => right);

  /** Has all of them wait behind one other, so that the worker takes them together. */
  async function together(requests: readonly PreparedRequest[], meanwhile?: () => Promise<unknown>): Promise<Answer[]> {
    const [first] = await prepare(wallets, 1);
    if (first === undefined) throw new Error('one was asked for');
    tap.hold();
    const held = send(first);
    await untilHandedOver(server, tap, tap.questions.length + 1);
    const answers = requests.map(send);
    await untilWaiting(server, requests.length);
    await meanwhile?.();
    tap.release();
    expect((await held).text).toBe(first.right);
    return Promise.all(answers);
  }

  it('answers 64 together byte for byte as one by one, and as the whole key signs', async () => {
    const requests = await prepare(wallets, 64);
    expect(textsOf(await together(requests))).toEqual(rightOf(requests));
    expect(tap.questions.at(-1)?.jobs).toHaveLength(64);
    for (const request of requests) expect((await send(request)).text).toBe(request.right);
    expect(tap.questions.at(-1)?.jobs).toHaveLength(1);
  });

  it.each([0, 1, 31, 62])(
    'answers the wrong one of 63, sent as number %d, and each of the others rightly',
    async (wrong) => {
      const right = await prepare(wallets, 63);
      const requests = await Promise.all(right.map(async (one, index) => (index === wrong ? await spoiled(one) : one)));
      const answers = await together(requests);
      expect(tap.questions.at(-1)?.jobs).toHaveLength(63);
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused).toEqual([answers[wrong]]);
      expect(refused.map((answer) => problemOf(answer).code)).toEqual(['SIGNING.PARTIAL_INVALID']);
      expect(textsOf(answers).toSpliced(wrong, 1)).toEqual(rightOf(right).toSpliced(wrong, 1));
    },
  );

  it('keeps who fails again and again apart from the others, until it signs', async () => {
    const [mallory] = await setUpWallets(owner, 1);
    if (mallory === undefined) throw new Error('one was asked for');
    const [rightOne, ...wrong] = await prepare([mallory], 4);
    const others = await prepare(wallets, 6);
    if (rightOne === undefined) throw new Error('four were asked for');
    for (const one of wrong) expect((await send(await spoiled(one))).status).toBe(400);

    expect(textsOf(await together([...others, rightOne]))).toEqual(rightOf([...others, rightOne]));
    const sizes = tap.questions.slice(-2).map(({ jobs }) => jobs.length);
    expect(sizes.sort()).toEqual([1, 6]);
    expect(textsOf(await together([...others, rightOne]))).toEqual(rightOf([...others, rightOne]));
    expect(tap.questions.at(-1)?.jobs).toHaveLength(7);
  });

  it('releases nothing of a batch that was with a worker when the key was revoked', async () => {
    const [key, spared] = await setUpWallets(owner, 2);
    if (key === undefined || spared === undefined) throw new Error('two were asked for');
    const before = await prepare([key], 3);
    for (const request of before) expect((await send(request)).text).toBe(request.right);
    const requests = await prepare([key, spared], 20);
    const revoke = async (): Promise<unknown> =>
      successOf(await owner.post(`/revoke/${key.clientId}`, { peer_public_key: key.userPublicKey }));
    const answers = await together(requests, revoke);
    for (const [index, answer] of answers.entries()) {
      if (index % 2 === 0) expect(problemOf(answer).code).toBe('SPLIT_KEY.REVOKED');
      else expect(answer.text).toBe(requests[index]?.right);
    }
    // They were signed, and thrown away: nothing but the ledger refused them.
    expect(tap.answers.at(-1)?.results.map(({ outcome }) => outcome)).toEqual(requests.map(() => 'signed'));
    expect((await recordOf(server, key.clientId, 'revoke-share')).signed).toHaveLength(before.length);
  });

  it('shows no server share, and no partial signature of ours, between the threads or in an answer', async () => {
    const requests = await prepare(wallets, 10);
    const wrong = await Promise.all(requests.map(spoiled));
    const answers = await together([...requests, ...wrong]);
    const client = await walletClient();
    const secrets = requests.flatMap(({ key, hash }) => [
      secretOfHex('server share', key.serverShare),
      secretOfHex('master key', key.masterKey),
      secretOfHex('server partial', client.sign(key.serverShare, hash)),
    ]);
    const bytesAsHex = (_: string, value: unknown): unknown =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
    const messages = JSON.stringify([tap.questions, tap.answers], bytesAsHex);
    // The scan sees what it looks at: the user's partials are there, and the answers.
    expect(messages).toContain(requests[0]?.partial);
    expect(messages).toContain((JSON.parse(requests[0]?.right ?? '{}') as { sig: string }).sig);
    for (const text of [messages, ...textsOf(answers)]) {
      expect(findSecrets({ where: 'a message', content: Buffer.from(text) }, secrets)).toEqual([]);
    }
  });
});
