import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { nextOf, pagesOf } from '../../support/paged-lists.js';
import { keyOwner, putPolicy, readPolicy } from '../../support/policies.js';
import type { KeyOwner, WirePolicy } from '../../support/policies.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';

let server: TestServer;
let owner: KeyOwner;
let path: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  owner = await keyOwner(server);
  path = `${owner.path}/revisions`;
});

const revisionsIn = (answer: Answer): number[] => successOf<WirePolicy[]>(answer).map(({ revision }) => revision);

/** So many more, each another policy. */
async function replaceTimes(times: number): Promise<void> {
  for (let revision = 1; revision <= times; revision++) {
    successOf(await putPolicy(owner, { max_value: String(revision) }, revision));
  }
}

describe('GET /policy/:client_id/revisions', () => {
  it('shows every policy that the split key has had as it was, the newest first', async () => {
    const first = await readPolicy(owner);
    server.clock.advanceSeconds(5);
    const second = successOf<WirePolicy>(await putPolicy(owner, { max_value: '5' }, 1, { note: 'five' }));
    successOf(await owner.client.put(`/restrictions/${owner.key.client_id}`, { restrictions: ['token_transfers'] }));
    const shownOf = ({ revision, policy, hash, note, created_at, created_by }: WirePolicy): object => ({
      ...{ revision, policy, hash, note, created_at, created_by },
    });
    const third = await readPolicy(owner);
    expect(third.policy).toStrictEqual({ operations: ['token_transfers'], max_value: '5' });
    expect(third).toMatchObject({ revision: 3, note: null, created_at: first.created_at + 5 });
    expect(successOf(await owner.client.get(path))).toStrictEqual([third, second, first].map(shownOf));
  });

  it('is paged as other lists are', async () => {
    await replaceTimes(6);
    const pages = await pagesOf(owner.client, `${path}?limit=3`);
    expect(pages.map(revisionsIn)).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
    for (const last of pages.slice(2)) expect(nextOf(last, path)).toBeUndefined();
    const whole = await pagesOf(owner.client, `${path}?limit=7`);
    expect(whole.map(revisionsIn)).toEqual([[7, 6, 5, 4, 3, 2, 1]]);
    expect(revisionsIn(await owner.client.get(`${path}?cursor=1`))).toEqual([]);
  });

  it('shows no revision twice and leaves none out when others come meanwhile', async () => {
    await replaceTimes(3);
    let newest = 4;
    const pages = await pagesOf(owner.client, `${path}?limit=1`, async () => {
      successOf(await putPolicy(owner, { max_value: String(100 + newest) }, newest));
      newest += 1;
    });
    expect(pages.flatMap(revisionsIn)).toEqual([4, 3, 2, 1]);
  });

  it('is answered in slices when it is long', async () => {
    await replaceTimes(65);
    expect(revisionsIn(await owner.client.get(path))).toEqual(Array.from({ length: 66 }, (_, index) => 66 - index));
  });

  it.each(['0', '-1', 'abc', '1.5', '9999999999999999', '', '%00'])('has no cursor %p', async (cursor) => {
    expect(problemOf(await owner.client.get(`${path}?cursor=${cursor}`))).toMatchObject({
      code: 'REQUEST.INVALID_FIELD',
      field: 'cursor',
    });
  });

  it('refuses what other lists refuse', async () => {
    for (const [query, code] of [
      ['limit=0', 'REQUEST.INVALID_FIELD'],
      ['limit=1001', 'REQUEST.INVALID_FIELD'],
      ['from=3', 'REQUEST.UNKNOWN_PARAMETER'],
    ] as const) {
      expect(problemOf(await owner.client.get(`${path}?${query}`)).code).toBe(code);
    }
  });
});

describe('GET /policy/templates', () => {
  it('gives policies that PUT takes as they are, to anybody', async () => {
    const templates = successOf<{ name: string; policy: object }[]>(await server.anonymous().get('/policy/templates'));
    expect(templates.length).toBeGreaterThan(5);
    for (const [index, { policy }] of templates.entries()) {
      expect(successOf(await putPolicy(owner, { expires_at: 0, ...policy }, index + 1))).toMatchObject({ policy });
    }
  });
});
