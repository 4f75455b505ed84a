import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import { refusedInBothDialects } from '../../support/dialects.js';
import { LISTS } from '../../support/paged-lists.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(LISTS)('the query of %s', (_, make) => {
  it.each([
    ['limit', 'limit=0'],
    ['limit', 'limit=1001'],
    ['limit', 'limit='],
    ['limit', 'limit=-1'],
    ['limit', 'limit=1.5'],
    ['limit', 'limit=01'],
    ['limit', 'limit=1e2'],
    ['limit', 'limit=ten'],
    ['limit', 'limit=5&limit=5'],
    ['cursor', 'cursor=a&cursor=b'],
    ['shares', 'shares=all'],
    ['shares', 'shares='],
    ['shares', 'shares=none&shares=none'],
  ])('refuses %s by name: %s', async (field, query) => {
    const { user, path } = await make(server);
    const problem = await refusedInBothDialects(user, (client) => client.get(`${path}?${query}`));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field });
    expect(problem.detail.startsWith(`${field}: `)).toBe(true);
  });

  it('refuses a parameter that it does not know in the documented API, and ignores it in the SDK dialect', async () => {
    const { user, path } = await make(server);
    for (const [query, field] of [
      ['page=2', 'page'],
      ['limit=2&Limit=3', 'Limit'],
      ['=1', undefined],
      ['a-b', undefined],
    ]) {
      const problem = problemOf(await user.documented.get(`${path}?${query ?? ''}`));
      expect([problem.code, problem.field]).toStrictEqual(['REQUEST.UNKNOWN_PARAMETER', field]);
      expect(problem.detail).toContain('limit, cursor, shares');
      successOf(await user.sdk.get(`${path}?${query ?? ''}`));
    }
    const secret = '04e57640c99339b7ca75e880722788d5d18d5127b37deabcab0ad39e40b84b1e';
    for (const query of [secret, `${secret}=1`, `cursor=${secret}`, `limit=${secret}`]) {
      expect((await user.documented.get(`${path}?${query}`)).text).not.toContain(secret.slice(0, 12));
    }
  });
});
