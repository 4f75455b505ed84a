import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { HUNDRED_YEARS_SECONDS } from '../../../src/clock/hundred-years.js';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { freshUser, plainLineOf } from '../../support/dialects.js';
import { fieldCases } from '../../support/field-cases.js';
import { foreignSplitKey, setUp } from '../../support/foreign-split-key.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';
import { zauthOf } from '../../support/zauth-dialects.js';

const { refused_with_seconds_named: FIELD_CASES } = fieldCases<{ refused_with_seconds_named: unknown[] }>('times');
const NO_TIMES = [-1, 1.5, true, '', '0', [], {}, '2027-01-01', 1e300];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Each call that takes a time: how it is asked, what the field is called, and what the answer shows of it. */
const CALLS: readonly [string, string, (time: unknown) => Promise<Answer>][] = [
  ['POST /key', 'expires_at', (time) => splitWith('documented', '/key', time)],
  ['POST /zvault/key', 'expires_at', (time) => splitWith('sdk', '/key', time)],
  ['POST /zvault/generate/:client_id', 'expires_at', (time) => splitWith('sdk', '/generate', time)],
  [
    'POST /zauth/setup',
    'expired_at',
    async (time) => setUp(zauthOf(server, 'alice'), await foreignSplitKey(), { expired_at: time }),
  ],
];

async function splitWith(dialect: 'documented' | 'sdk', path: string, time: unknown): Promise<Answer> {
  const user = freshUser(server, 'alice');
  const { client_id: clientId } = successOf<WireWallet>(await user.documented.post('/wallet'), 201);
  return user[dialect].post(`${path}/${clientId}`, { expires_at: time });
}

function wordsOf(answer: Answer): string {
  return answer.headers.get('content-type')?.startsWith('text/plain') === true
    ? plainLineOf(answer)
    : problemOf(answer).detail;
}

describe.each(CALLS)('a time that comes in by %s', (_, field, ask) => {
  it.each([...FIELD_CASES, ...NO_TIMES].map((time) => [JSON.stringify(time), time]))(
    'is refused when it is %s, and the answer says seconds, not milliseconds',
    async (__, time) => {
      const words = wordsOf(await ask(time));
      expect(words).toMatch(new RegExp(`^${field}: .*seconds, not milliseconds`));
      expect(words).not.toContain(typeof time === 'string' && time.length > 1 ? time : '1795613416921');
    },
  );

  it('may lie a hundred years ahead and not one second more', async () => {
    const latest = server.clock.nowSeconds() + HUNDRED_YEARS_SECONDS;
    const answer = await ask(latest);
    expect([200, 201]).toContain(answer.status);
    if (field === 'expires_at') expect((answer.json as WireSplitKey).expires_at).toBe(latest);
    expect(wordsOf(await ask(latest + 1))).toContain('more than 100 years ahead');
  });

  it('is judged by the clock, and is never when it is 0', async () => {
    const beyond = server.clock.nowSeconds() + HUNDRED_YEARS_SECONDS + 60;
    expect((await ask(beyond)).status).toBe(400);
    server.clock.advanceSeconds(60);
    expect([200, 201]).toContain((await ask(beyond)).status);
    expect([200, 201]).toContain((await ask(0)).status);
  });
});

describe('every field of a body that is a time', () => {
  it('is declared by the one decorator', () => {
    // The bodies' declarations are collected as the server is loaded.
    const declared = [...(getMetadataStorage() as unknown as Declarations).validationMetadatas.values()].flat();
    const times = [
      ...new Set(declared.map(({ propertyName }) => propertyName).filter((name) => /_(at|time)$/.test(name))),
    ];
    expect(times.toSorted()).toStrictEqual(['expired_at', 'expires_at']);
    for (const { propertyName, name } of declared.filter(({ propertyName: field }) => times.includes(field))) {
      expect([propertyName, name]).toStrictEqual([propertyName, expect.stringMatching(/^(isUnixSeconds|isOptional)$/)]);
    }
  });
});

/** class-validator's own collection, which its types hide. */
interface Declarations {
  readonly validationMetadatas: ReadonlyMap<
    unknown,
    readonly { readonly propertyName: string; readonly name?: string }[]
  >;
}
