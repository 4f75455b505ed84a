import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import { MALFORMED_BODIES } from '../../support/malformed.js';
import { keyOwner, putPolicy, readPolicy } from '../../support/policies.js';
import type { KeyOwner } from '../../support/policies.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { A_PLAIN_ADDRESS, STORAGE_CONTRACT } from '../../support/transactions.js';

let server: TestServer;
let owner: KeyOwner;
beforeAll(async () => {
  server = await startTestServer();
  owner = await keyOwner(server);
});
afterAll(() => server.stop());

const rolling = (more: object): object => ({
  limits: [{ kind: 'rolling', window_seconds: 60, max_value: '1', ...more }],
});
const hours = (more: object): object => ({
  hours: [{ days: ['mon'], from: '09:00', to: '17:00', time_zone: 'UTC', ...more }],
});

/** A policy that is refused, and where it says so. */
const REFUSED: readonly (readonly [unknown, string])[] = [
  [undefined, 'policy'],
  [null, 'policy'],
  ['{}', 'policy'],
  [[], 'policy'],
  [{ allow: [] }, 'policy.allow'],
  [{ Operations: [] }, 'policy.Operations'],
  [{ operations: null }, 'policy.operations'],
  [{ operations: ['*'] }, 'policy.operations[0]'],
  [{ operations: ['storage:nothing'] }, 'policy.operations[0]'],
  [{ operations: Array.from({ length: 101 }, () => 'transfer') }, 'policy.operations'],
  [{ recipients: [] }, 'policy.recipients'],
  [{ recipients: ['ab'] }, 'policy.recipients[0]'],
  [{ recipients: [STORAGE_CONTRACT] }, 'policy.recipients[0]'],
  [{ recipients: Array.from({ length: 1001 }, (_, index) => String(index).padStart(64, '0')) }, 'policy.recipients'],
  [{ max_value: 5 }, 'policy.max_value'],
  [{ max_value: '-5' }, 'policy.max_value'],
  [{ max_value: '18446744073709551616' }, 'policy.max_value'],
  [{ limits: [] }, 'policy.limits'],
  [rolling({ kind: 'sliding' }), 'policy.limits[0].kind'],
  [rolling({ window_seconds: 0 }), 'policy.limits[0].window_seconds'],
  [rolling({ max_value: 1 }), 'policy.limits[0].max_value'],
  [rolling({ max_count: 0 }), 'policy.limits[0].max_count'],
  [rolling({ of: 'messages' }), 'policy.limits[0].max_value'],
  [rolling({ per: 'day' }), 'policy.limits[0].per'],
  [{ not_before: '5' }, 'policy.not_before'],
  [{ expires_at: 1.5 }, 'policy.expires_at'],
  [{ expires_at: 1_764_000_000_000 }, 'policy.expires_at'],
  [{ expires_at: 5 }, 'policy.expires_at'],
  [{ not_before: 2_000_000_000, expires_at: 1_900_000_000 }, 'policy.expires_at'],
  [hours({ days: ['monday'] }), 'policy.hours[0].days[0]'],
  [hours({ to: '09:00' }), 'policy.hours[0].to'],
  [hours({ time_zone: 'Moon/Base' }), 'policy.hours[0].time_zone'],
  [{ creation_window_seconds: 0 }, 'policy.creation_window_seconds'],
  [{ messages: 'some' }, 'policy.messages'],
  [{ operations: ['message_signing'], messages: 'none' }, 'policy.messages'],
  [{ operations: ['message_signing'], max_value: '1' }, 'policy.messages'],
  [{ operations: ['storage_rewards'], recipients: [A_PLAIN_ADDRESS] }, 'policy.recipients'],
];

describe('a policy that is none, or that could never hold', () => {
  it.each(REFUSED)('is refused by name: %j', async (policy, field) => {
    const problem = problemOf(await putPolicy(owner, policy as object));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field });
    expect(problem.detail.startsWith(`${field}: `)).toBe(true);
    expect(await readPolicy(owner)).toMatchObject({ revision: 1 });
  });

  it('is refused without a word of what was sent', async () => {
    const secret = 'a'.repeat(64).replace('a', 'z');
    for (const policy of [
      { max_value: secret },
      { recipients: [secret] },
      { [`${secret}!`]: 1 },
      rolling({ of: secret }),
    ]) {
      expect((await putPolicy(owner, policy)).text).not.toContain(secret);
    }
  });
});

describe('the body around it', () => {
  it.each(MALFORMED_BODIES)('is refused when it is $what', async ({ body }) => {
    const answer = await owner.client.with({ 'If-Match': '"1"' }).put(owner.path, body);
    expect(problemOf(answer).code).toBe('REQUEST.MALFORMED_JSON');
  });

  it('has no other members', async () => {
    expect(problemOf(await putPolicy(owner, {}, 1, { restrictions: [] })).code).toBe('REQUEST.UNKNOWN_FIELD');
  });

  it.each([
    ['a number', 5],
    ['a list', ['a']],
    ['1,001 characters', 'a'.repeat(1001)],
    ['1,001 characters beyond 16 bits', '🔑'.repeat(1001)],
    ['text that UTF-8 cannot say', '\uD800'],
  ])('has no note that is %s', async (_what, note) => {
    expect(problemOf(await putPolicy(owner, {}, 1, { note }))).toMatchObject({
      code: 'REQUEST.INVALID_FIELD',
      field: 'note',
    });
  });

  it('has a note of 1,000 characters, whatever they are, or none', async () => {
    const other = await keyOwner(server);
    const note = `${'🔑'.repeat(999)}\u0000`;
    expect(successOf(await putPolicy(other, { messages: 'none' }, 1, { note }))).toMatchObject({ revision: 2, note });
    expect(successOf(await putPolicy(other, { messages: 'any' }, 2, { note: null }))).toMatchObject({ note: null });
  });

  it('holds 1,000 recipients, and up to 256 KiB', async () => {
    const other = await keyOwner(server);
    const recipients = Array.from({ length: 1000 }, (_, index) => String(index).padStart(64, '0'));
    const answer = await putPolicy(other, { recipients, messages: 'none' });
    expect(successOf(answer)).toMatchObject({ revision: 2, exposure: { addresses: 1000 } });
    const client = other.client.with({ 'If-Match': '"2"' });
    const padded = (bytes: number): string => JSON.stringify({ policy: { messages: 'any' } }).padEnd(bytes);
    expect(problemOf(await client.put(other.path, padded(262_145)), 413)).toMatchObject({
      detail: 'the body is larger than 262144 bytes',
    });
    successOf(await client.put(other.path, padded(262_144)));
  });

  it('has no more values than a policy can have', async () => {
    const body = `{"policy":{"operations":[${'[],'.repeat(60_000)}[]]}}`;
    const answer = await owner.client.with({ 'If-Match': '"1"' }).put(owner.path, body);
    expect(problemOf(answer)).toMatchObject({ code: 'REQUEST.MALFORMED_JSON', detail: 'the body has too many values' });
  });
});

describe('If-Match', () => {
  const asking = (header: string | undefined): ReturnType<typeof putPolicy> =>
    (header === undefined ? owner.client : owner.client.with({ 'If-Match': header })).put(owner.path, { policy: {} });

  it.each([undefined, ''])('is required: %p', async (header) => {
    expect(problemOf(await asking(header), 428)).toMatchObject({ code: 'POLICY.REVISION_REQUIRED', field: 'If-Match' });
  });

  it.each(['*', '1', 'W/"1"', '"1', '1"', '"1""', '"1", "2"', '"1" "2"', "'1'"])(
    'must be one strong ETag: %s',
    async (header) => {
      expect(problemOf(await asking(header))).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'If-Match' });
    },
  );

  it.each(['"2"', '"0"', '"01"', '"1.0"', '"-1"', '""', '"one"', '"99999999999999999999"'])(
    'must name the revision in force, and not %s',
    async (header) => {
      expect(problemOf(await asking(header), 412)).toMatchObject({
        code: 'POLICY.REVISION_CHANGED',
        detail: expect.stringContaining('revision 1 of the policy is in force'),
      });
    },
  );

  it('is looked at behind whose split key it is, and before the state of that', async () => {
    const others = await keyOwner(server);
    const answer = await putPolicy({ ...owner, client: others.client }, {}, 7);
    expect(problemOf(answer).code).toBe('SPLIT_KEY.UNKNOWN');
  });
});
