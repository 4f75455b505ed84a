import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { freshUser, refusedInBothDialects, VAULT_DIALECTS } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { askToSign } from '../../support/message-signing.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

const TTL_SECONDS = 600;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ KEY_TTL_SECONDS: String(TTL_SECONDS) });
});
afterAll(() => server.stop());

async function ownerWithWallet(): Promise<{ owner: VaultUser; clientId: string }> {
  const owner = freshUser(server, 'alice');
  return { owner, clientId: successOf<WireWallet>(await owner.documented.post('/wallet'), 201).client_id };
}

describe.each(VAULT_DIALECTS)('the expiry of a split key made in the $dialect dialect', ({ dialect, created }) => {
  async function keyThatExpires(asked?: { expires_at: number | null }): Promise<WireSplitKey> {
    const { owner, clientId } = await ownerWithWallet();
    return successOf<WireSplitKey>(await owner[dialect].post(`/key/${clientId}`, asked), created);
  }

  it('is as far away as KEY_TTL_SECONDS says when none is asked for', async () => {
    const inTtl = server.clock.nowSeconds() + TTL_SECONDS;
    expect((await keyThatExpires()).expires_at).toBe(inTtl);
    expect((await keyThatExpires({ expires_at: null })).expires_at).toBe(inTtl);
  });

  it('is never when 0 is asked for, whatever KEY_TTL_SECONDS says', async () => {
    const key = await keyThatExpires({ expires_at: 0 });
    expect(key.expires_at).toBe(0);
    server.clock.advanceSeconds(TTL_SECONDS * 1000);
    expect((await askToSign(server, key)).status).toBe(200);
  });

  it('may be beyond KEY_TTL_SECONDS when it is asked for', async () => {
    const asked = server.clock.nowSeconds() + 10 * TTL_SECONDS;
    expect((await keyThatExpires({ expires_at: asked })).expires_at).toBe(asked);
  });

  it('stops the key at once: it signs in its last second and not in the next', async () => {
    const key = await keyThatExpires({ expires_at: server.clock.nowSeconds() + 10 });
    server.clock.advanceSeconds(9);
    expect((await askToSign(server, key)).status).toBe(200);
    server.clock.advanceSeconds(1);
    const refused = await askToSign(server, key);
    expect(refused.json).toMatchObject({ status: 400, code: 'SPLIT_KEY.EXPIRED' });
    expect(refused.text).not.toMatch(/resource not found/i);
  });

  it('leaves the key in the list, with its time', async () => {
    const { owner, clientId } = await ownerWithWallet();
    const expiresAt = server.clock.nowSeconds() + 1;
    await owner[dialect].post(`/key/${clientId}`, { expires_at: expiresAt });
    server.clock.advanceSeconds(2);
    const { keys } = successOf<{ keys: WireSplitKey[] }>(await freshlyAs(owner, dialect).get(`/keys/${clientId}`));
    expect(keys).toMatchObject([{ expires_at: expiresAt, is_revoked: false }]);
  });
});

describe('the split key that POST /zvault/generate makes', () => {
  it('lives as long as KEY_TTL_SECONDS says', async () => {
    const owner = freshUser(server, 'alice').sdk;
    const { client_id: clientId } = successOf<WireWallet>(await owner.post('/generate'));
    const { keys } = successOf<{ keys: WireSplitKey[] }>(await owner.get(`/keys/${clientId}`));
    expect(keys).toMatchObject([{ expires_at: server.clock.nowSeconds() + TTL_SECONDS }]);
  });
});

describe('POST /key/:client_id refuses an expires_at', () => {
  it.each([
    ['in the past', -1],
    ['of this very second', 0],
  ])('%s', async (_, offset) => {
    const { owner, clientId } = await ownerWithWallet();
    const ask = { expires_at: server.clock.nowSeconds() + offset };
    const problem = await refusedInBothDialects(owner, (client) => client.post(`/key/${clientId}`, ask));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'expires_at' });
    expect(successOf(await owner.documented.get(`/keys/${clientId}`))).toStrictEqual({ keys: [] });
  });

  it.each([
    ['one second after 1970', '1'],
    ['negative', '-1'],
    ['a fraction', '4102444800.5'],
    ['a string', '"4102444800"'],
    ['an empty string', '""'],
    ['true', 'true'],
    ['an array', '[4102444800]'],
    ['beyond what a double holds exactly', '9007199254740993'],
    ['beyond what a double holds', '1e400'],
  ])('that is %s', async (_, literal) => {
    const { owner, clientId } = await ownerWithWallet();
    const ask = `{"expires_at":${literal}}`;
    const problem = await refusedInBothDialects(owner, (client) => client.post(`/key/${clientId}`, ask));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'expires_at' });
  });
});

/** The same user with a token of now: the clock has moved on. */
function freshlyAs(user: VaultUser, dialect: 'documented' | 'sdk') {
  return server.as(user.id, dialect === 'sdk' ? `${server.url}/zvault` : server.url);
}
