import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../support/api-client.js';
import { keyOwner, putPolicy, readPolicy } from '../support/policies.js';
import type { WirePolicy } from '../support/policies.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const PUTS = 64;

it('lets exactly one of 64 replace a revision, when all have read the same', async () => {
  const owner = await keyOwner(server);
  const puts = Array.from({ length: PUTS }, (_, index) => putPolicy(owner, { max_value: String(index + 1) }));
  const answers = await Promise.all(puts);
  const won = answers.filter(({ status }) => status === 200).map((answer) => successOf<WirePolicy>(answer));
  const lost = answers.filter(({ status }) => status !== 200);
  expect(won).toHaveLength(1);
  for (const answer of lost) expect(problemOf(answer, 412).code).toBe('POLICY.REVISION_CHANGED');
  expect(won).toEqual([{ ...(await readPolicy(owner)), raises: [] }]);
  expect(successOf(await owner.client.get(`${owner.path}/revisions`))).toHaveLength(2);
});

it('shows whole policies only, each with its own revision, while they are replaced', async () => {
  const owner = await keyOwner(server);
  const wrote = new Map<number, string>([[1, (await readPolicy(owner)).hash]]);
  const read: WirePolicy[] = [];
  let isOver = false;
  const reading = Array.from({ length: 4 }, async () => {
    while (!isOver) read.push(await readPolicy(owner));
  });
  for (let revision = 1; revision < 30; revision++) {
    const recipients = Array.from({ length: revision }, (_, index) =>
      String(revision * 1000 + index).padStart(64, '0'),
    );
    const { hash } = successOf<WirePolicy>(await putPolicy(owner, { recipients, messages: 'none' }, revision));
    wrote.set(revision + 1, hash);
  }
  isOver = true;
  await Promise.all(reading);
  expect(read.length).toBeGreaterThan(10);
  for (const { revision, hash, policy } of read) {
    expect([revision, hash]).toEqual([revision, wrote.get(revision)]);
    if (revision > 1) expect(policy['recipients']).toHaveLength(revision - 1);
  }
});
