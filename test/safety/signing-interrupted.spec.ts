import { afterEach, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../support/api-client.js';
import type { Answer, ApiClient } from '../support/api-client.js';
import { plainLineOf } from '../support/dialects.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { metricOf, tapCurveWorkers, untilHandedOver, untilWaiting } from './curve-tap.js';
import type { CurveTap } from './curve-tap.js';
import { prepare, sendPrepared, setUpWallets } from './prepared-requests.js';
import type { PreparedRequest } from './prepared-requests.js';
import { recordOf } from './signing-race.js';

interface Scene {
  readonly server: TestServer;
  readonly tap: CurveTap;
  /** The one wallet's requests, all different. */
  readonly requests: readonly PreparedRequest[];
  /** Both dialects, for requests in turn. */
  readonly dialects: readonly [ApiClient, ApiClient];
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function newScene(environment: Record<string, string>, count: number): Promise<Scene> {
  const tap = tapCurveWorkers();
  const server = await startTestServer({ SIGNING_WORKERS: '1', LOG_LEVEL: 'silent', ...environment });
  stops.push(() => {
    tap.close();
    return server.stop();
  });
  const wallets = await setUpWallets(server.as('owner', `${server.url}/zauth`), 1);
  const requests = await prepare(wallets, count);
  return { server, tap, requests, dialects: [server.anonymous(), server.anonymous(`${server.url}/zauth`)] };
}

/** All at once, in the documented API and the SDK dialect in turn. */
function sendAll({ dialects }: Scene, requests: readonly PreparedRequest[]): Promise<Answer>[] {
  return requests.map((request, index) => sendPrepared(dialects[index % 2 === 0 ? 0 : 1], request));
}

/** Fails the test unless this is the refusal, in the dialect of the request with this number. */
function expectTryAgain(answer: Answer, index: number, code: string, words: string): void {
  expect(answer.headers.get('retry-after')).toBe('1');
  if (index % 2 === 0) expect(problemOf(answer, 503)).toMatchObject({ code, detail: words });
  else expect(plainLineOf(answer, 503)).toBe(words);
}

const OVERLOADED = ['SIGNING.OVERLOADED', 'too many signing requests wait; try again shortly'] as const;
const INTERRUPTED = [
  'SIGNING.INTERRUPTED',
  'the signing worker was interrupted; nothing was signed, try again',
] as const;

describe.each(['herumi', 'noble'] as const)('a worker that is killed in the middle of a batch, by %s', (BLS_ENGINE) => {
  it('leaves none of its requests unanswered, and another signs on', async () => {
    const scene = await newScene({ BLS_ENGINE }, 61);
    const { server, tap, requests } = scene;
    const clientId = requests[0]?.key.clientId ?? '';
    tap.hold();
    const first = sendAll(scene, requests.slice(0, 1));
    await untilHandedOver(server, tap, 1);
    const batch = sendAll(scene, requests.slice(1, 41));
    await untilWaiting(server, 40);
    tap.release();
    // The second batch is on its way when the first has been answered: its worker will not answer it.
    tap.killAtNext();
    expect((await Promise.all(first)).map(({ text }) => text)).toEqual([requests[0]?.right]);
    const later = sendAll(scene, requests.slice(41));

    for (const [index, answer] of (await Promise.all(batch)).entries()) expectTryAgain(answer, index, ...INTERRUPTED);
    expect(tap.questions[1]?.jobs).toHaveLength(40);
    expect((await Promise.all(later)).map(({ text }) => text)).toEqual(requests.slice(41).map(({ right }) => right));
    expect((await recordOf(server, clientId, '')).signed).toHaveLength(21);
    expect(tap.workers).toHaveLength(2);
    expect(await metricOf(server, 'kms_signing_worker_deaths_total')).toBe(1);

    // What was interrupted can be asked again, as it was told.
    const again = await Promise.all(sendAll(scene, requests.slice(1, 41)));
    expect(again.map(({ text }) => text)).toEqual(requests.slice(1, 41).map(({ right }) => right));
  });
});

describe('a full queue', () => {
  it('refuses more at once, in both dialects, while health and metrics answer; then signs what waited', async () => {
    const scene = await newScene({ SIGNING_QUEUE_MAX: '5' }, 16);
    const { server, tap, requests } = scene;
    const clientId = requests[0]?.key.clientId ?? '';
    tap.hold();
    const first = sendAll(scene, requests.slice(0, 1));
    await untilHandedOver(server, tap, 1);
    const waiting = sendAll(scene, requests.slice(1, 6));
    await untilWaiting(server, 5);

    // The worker is still held: these can only be answered at once.
    const refused = await Promise.all(sendAll(scene, requests.slice(6)));
    for (const [index, answer] of refused.entries()) expectTryAgain(answer, index, ...OVERLOADED);
    for (const path of ['/health/live', '/health/ready']) successOf(await server.anonymous().get(path));
    expect(await metricOf(server, 'kms_signing_queue_depth')).toBe(5);
    expect((await recordOf(server, clientId, '')).signed).toEqual([]);

    tap.release();
    const accepted = await Promise.all([...first, ...waiting]);
    expect(accepted.map(({ text }) => text)).toEqual(requests.slice(0, 6).map(({ right }) => right));
    const again = await Promise.all(sendAll(scene, requests.slice(6, 10)));
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});

describe('a server that is closed', () => {
  it('signs what it has accepted, and only then ends its workers', async () => {
    const scene = await newScene({}, 30);
    const { server, tap, requests } = scene;
    tap.hold();
    const answers = sendAll(scene, requests);
    await untilHandedOver(server, tap, 1);
    const depth = requests.length - (tap.questions[0]?.jobs.length ?? 0);
    await untilWaiting(server, depth);
    const closed = server.close();
    tap.release();
    expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(requests.map(({ right }) => right));
    await closed;
    expect(tap.workers.map(({ threadId }) => threadId)).toEqual([-1]);
  });
});
