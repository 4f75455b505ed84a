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
import { askToSign } from '../../support/message-signing.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireSplitKey } from '../../support/wire-types.js';

const NEVER_MADE = '7'.repeat(64);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(VAULT_DIALECTS)('POST /delete/:client_id in the $dialect dialect', ({ dialect, created }) => {
  it('answers an empty object; the wallet and its split keys are gone', async () => {
    const owner = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(owner.documented);
    const answer = await owner[dialect].post(`/delete/${wallet.client_id.toUpperCase()}`);
    expect({ status: answer.status, text: answer.text }).toStrictEqual({ status: 200, text: '{}' });
    expect(successOf(await owner[dialect].get('/wallets'))).toStrictEqual([]);
    expect(successOf(await owner[dialect].get(`/keys/${wallet.client_id}`))).toStrictEqual({ keys: [] });
    const named = owner[dialect].with({ 'X-Peer-Public-Key': key.peer_public_key });
    expect((await named.get('/restrictions')).status).toBe(400);
  });

  it('ends signing with every split key at once; who signs hears of an unknown key', async () => {
    const owner = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(owner.documented);
    const other = successOf<WireSplitKey>(await owner[dialect].post(`/key/${wallet.client_id}`), created);
    expect((await askToSign(server, key)).status).toBe(200);
    successOf(await owner[dialect].post(`/delete/${wallet.client_id}`));
    for (const deleted of [key, other]) {
      const refused = await askToSign(server, deleted);
      expect(refused.json).toMatchObject({ status: 400, code: 'SPLIT_KEY.UNKNOWN' });
      expect(refused.text).not.toMatch(/resource not found/i);
    }
  });

  it('leaves the owner’s other wallets alone', async () => {
    const owner = freshUser(server, 'alice');
    const [doomed, kept] = [await splitWallet(owner.documented), await splitWallet(owner.documented)];
    successOf(await owner[dialect].post(`/delete/${doomed.wallet.client_id}`));
    expect(successOf(await owner[dialect].get(`/keys/${kept.wallet.client_id}`))).toStrictEqual({
      keys: [{ ...kept.key, ...LISTED[dialect] }],
    });
    expect((await askToSign(server, kept.key)).status).toBe(200);
  });

  it('refuses a second time', async () => {
    const owner = freshUser(server, 'alice');
    const { wallet } = await splitWallet(owner.documented);
    successOf(await owner[dialect].post(`/delete/${wallet.client_id}`));
    expect((await owner[dialect].post(`/delete/${wallet.client_id}`)).status).toBe(400);
  });

  it.each([
    ['an empty body said to be JSON', '', { 'Content-Type': 'application/json' }],
    ['an empty body said to be text', '', { 'Content-Type': 'text/plain; charset=utf-8' }],
    ['an empty object', '{}', { 'Content-Type': 'application/json' }],
  ])('takes %s', async (_, body, headers) => {
    const owner = freshUser(server, 'alice');
    const { wallet } = await splitWallet(owner.documented);
    successOf(await owner[dialect].with(headers).post(`/delete/${wallet.client_id}`, body));
    expect(successOf(await owner[dialect].get('/wallets'))).toStrictEqual([]);
  });

  it('answers for a wallet of somebody else exactly as for one that does not exist', async () => {
    const owner = freshUser(server, 'alice');
    const { wallet, key } = await splitWallet(owner.documented);
    const stranger = freshUser(server, 'mallory')[dialect];
    const foreign = visiblePartsOf(await stranger.post(`/delete/${wallet.client_id}`));
    expect(foreign).toStrictEqual(visiblePartsOf(await stranger.post(`/delete/${NEVER_MADE}`)));
    expect(foreign.status).toBe(400);
    expect((await askToSign(server, key)).status).toBe(200);
  });
});

describe('POST /delete/:client_id refuses', () => {
  it('a caller without a token', async () => {
    const { wallet } = await splitWallet(freshUser(server, 'alice').documented);
    const problem = await refusedInBothDialects(
      nobody(server),
      (client) => client.post(`/delete/${wallet.client_id}`),
      401,
    );
    expect(problem.code).toBe('TOKEN.MISSING');
  });

  it('a wallet that does not exist', async () => {
    const ask = freshUser(server, 'alice');
    expect((await refusedInBothDialects(ask, (client) => client.post(`/delete/${NEVER_MADE}`))).code).toBe(
      'WALLET.UNKNOWN',
    );
  });

  it.each(malformedHex(64).filter(({ text }) => text !== ''))('a client id that is or has: $what', async ({ text }) => {
    const path = `/delete/${encodeURIComponent(text)}`;
    const problem = await refusedInBothDialects(freshUser(server, 'alice'), (client) => client.post(path));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'client_id' });
  });
});
