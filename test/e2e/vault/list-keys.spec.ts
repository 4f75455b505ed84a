import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import {
  freshUser,
  LISTED,
  nobody,
  refusedInBothDialects,
  VAULT_DIALECTS,
  visiblePartsOf,
} from '../../support/dialects.js';
import { malformedHex } from '../../support/malformed.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

const NEVER_MADE = '7'.repeat(64);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(VAULT_DIALECTS)('GET /keys/:client_id in the $dialect dialect', ({ dialect, created }) => {
  it('lists each split key as it was answered when it was made, oldest first', async () => {
    const owner = freshUser(server, 'alice')[dialect];
    const { client_id: id } = successOf<WireWallet>(await owner.post('/wallet'), created);
    const made: unknown[] = [];
    for (let i = 0; i < 5; i++) {
      made.push({ ...successOf<WireSplitKey>(await owner.post(`/key/${id}`), created), ...LISTED[dialect] });
      // Pairs in the same second: the order is that of making, not of the clock.
      if (i % 2 === 1) server.clock.advanceSeconds(1);
    }
    const answer = await owner.get(`/keys/${id.toUpperCase()}`);
    expect(successOf(answer)).toStrictEqual({ keys: made });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('keeps revoked split keys in their place, marked and without their user shares', async () => {
    const owner = freshUser(server, 'alice')[dialect];
    const { client_id: id } = successOf<WireWallet>(await owner.post('/wallet'), created);
    const first = successOf<WireSplitKey>(await owner.post(`/key/${id}`), created);
    const second = successOf<WireSplitKey>(await owner.post(`/key/${id}`), created);
    await owner.post(`/revoke/${id}`, { public_key: first.public_key });
    expect(successOf(await owner.get(`/keys/${id}`))).toStrictEqual({
      keys: [
        { ...first, ...LISTED[dialect], is_revoked: true, private_key: '' },
        { ...second, ...LISTED[dialect] },
      ],
    });
  });

  it('lists the keys of the named wallet only', async () => {
    const owner = freshUser(server, 'alice')[dialect];
    const one = successOf<WireWallet>(await owner.post('/wallet'), created);
    const other = successOf<WireWallet>(await owner.post('/wallet'), created);
    await owner.post(`/key/${one.client_id}`);
    expect(successOf(await owner.get(`/keys/${other.client_id}`))).toStrictEqual({ keys: [] });
  });

  it('answers an empty list for a wallet that does not exist, and exactly the same for one of somebody else', async () => {
    const owner = freshUser(server, 'alice')[dialect];
    const { client_id: id } = successOf<WireWallet>(await owner.post('/wallet'), created);
    await owner.post(`/key/${id}`);
    const stranger = freshUser(server, 'mallory')[dialect];
    const foreign = visiblePartsOf(await stranger.get(`/keys/${id}`));
    expect(foreign).toStrictEqual(visiblePartsOf(await stranger.get(`/keys/${NEVER_MADE}`)));
    expect(foreign).toStrictEqual({ status: 200, contentType: 'application/json; charset=utf-8', text: '{"keys":[]}' });
  });

  it('takes a Content-Type, which some clients send with a GET', async () => {
    const owner = freshUser(server, 'alice')[dialect].with({ 'Content-Type': 'application/json' });
    expect(successOf(await owner.get(`/keys/${NEVER_MADE}`))).toStrictEqual({ keys: [] });
  });
});

describe('GET /keys/:client_id refuses', () => {
  it('a caller without a token, whether the wallet exists or not', async () => {
    const { client_id: id } = successOf<WireWallet>(await freshUser(server, 'alice').documented.post('/wallet'), 201);
    const there = await refusedInBothDialects(nobody(server), (client) => client.get(`/keys/${id}`), 401);
    const missing = await refusedInBothDialects(nobody(server), (client) => client.get(`/keys/${NEVER_MADE}`), 401);
    expect({ ...there, request_id: '' }).toStrictEqual({ ...missing, request_id: '' });
  });

  it.each([
    ...malformedHex(64).filter(({ text }) => text !== ''),
    { what: 'a public key, which clients mix up with it', text: 'ab'.repeat(64) },
  ])('a client id that is or has: $what', async ({ text }) => {
    const path = `/keys/${encodeURIComponent(text)}`;
    const problem = await refusedInBothDialects(freshUser(server, 'alice'), (client) => client.get(path));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'client_id' });
  });

  it.each(['/keys/%zz', '/keys/%ff', '/keys/%'])('a path that does not decode: %s', async (path) => {
    const problem = await refusedInBothDialects(freshUser(server, 'alice'), (client) => client.get(path));
    expect(problem.code).toBe('REQUEST.REFUSED');
  });
});
