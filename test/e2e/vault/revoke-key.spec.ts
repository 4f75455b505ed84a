import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { ApiClient, Answer } from '../../support/api-client.js';
import { freshUser, nobody, refusedInBothDialects, VAULT_DIALECTS, visiblePartsOf } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { malformedHex } from '../../support/malformed.js';
import { askToSign } from '../../support/message-signing.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { publishedVector } from '../../support/wallet-vectors.js';
import type { WireSplitKey } from '../../support/wire-types.js';

const NEVER_MADE = publishedVector('systemtest-nonexistent-public-key', 'public_key').public_key;
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function ownerWithKey(): Promise<{ owner: VaultUser; key: WireSplitKey }> {
  const owner = freshUser(server, 'alice');
  return { owner, key: (await splitWallet(owner.documented)).key };
}

async function isRevoked(owner: VaultUser, key: WireSplitKey): Promise<boolean | undefined> {
  const { keys } = successOf<{ keys: WireSplitKey[] }>(await owner.documented.get(`/keys/${key.client_id}`));
  return keys.find((entry) => entry.public_key === key.public_key)?.is_revoked;
}

type Call = (client: ApiClient, path: string, publicKey: string) => Promise<Answer>;

const WAYS: readonly [string, Call][] = [
  ['JSON', (client, path, key) => client.post(path, { public_key: key })],
  ['JSON said to be text', (client, path, key) => json(client, 'text/plain; charset=utf-8', path, key)],
  ['JSON said to be a form, as curl does', (client, path, key) => json(client, FORM['Content-Type'], path, key)],
  ['a form', (client, path, key) => client.with(FORM).post(path, formOf(key))],
  [
    'a form with a charset',
    (client, path, key) =>
      client.with({ 'Content-Type': `${FORM['Content-Type']}; charset=UTF-8` }).post(path, formOf(key)),
  ],
  ['a query', (client, path, key) => client.post(`${path}?${formOf(key)}`)],
  [
    'a query with an empty body said to be JSON',
    (client, path, key) => client.with({ 'Content-Type': 'application/json' }).post(`${path}?${formOf(key)}`, ''),
  ],
  ['a query with an empty form', (client, path, key) => client.with(FORM).post(`${path}?${formOf(key)}`, '')],
];

/** Escaped as any client would. */
function formOf(publicKey: string): string {
  return `public_key=${encodeURIComponent(publicKey)}`;
}

function json(client: ApiClient, contentType: string, path: string, key: string): Promise<Answer> {
  return client.with({ 'Content-Type': contentType }).post(path, JSON.stringify({ public_key: key }));
}

describe.each(VAULT_DIALECTS)('POST /revoke/:client_id in the $dialect dialect', ({ dialect, created }) => {
  it.each(WAYS)('takes the key as %s', async (_, call) => {
    const { owner, key } = await ownerWithKey();
    const answer = await call(owner[dialect], `/revoke/${key.client_id}`, key.public_key);
    expect({ status: answer.status, text: answer.text }).toStrictEqual({ status: 200, text: '{}' });
    expect(await isRevoked(owner, key)).toBe(true);
  });

  it('ends signing with the key at once, and says why', async () => {
    const { owner, key } = await ownerWithKey();
    expect((await askToSign(server, key)).status).toBe(200);
    successOf(await owner[dialect].post(`/revoke/${key.client_id}`, { public_key: key.public_key }));
    const refused = await askToSign(server, key);
    expect(refused.json).toMatchObject({ status: 400, code: 'SPLIT_KEY.REVOKED' });
    expect(refused.text).not.toMatch(/resource not found/i);
  });

  it('answers the same when the key is revoked already', async () => {
    const { owner, key } = await ownerWithKey();
    const path = `/revoke/${key.client_id}`;
    const first = visiblePartsOf(await owner[dialect].post(path, { public_key: key.public_key }));
    expect(visiblePartsOf(await owner[dialect].post(path, { public_key: key.public_key }))).toStrictEqual(first);
    expect(await isRevoked(owner, key)).toBe(true);
  });

  it.each([
    ['the server key, which clients mix up with it', (key: WireSplitKey) => [key.client_id, key.peer_public_key]],
    ['digits in upper case', (key: WireSplitKey) => [key.client_id.toUpperCase(), key.public_key.toUpperCase()]],
  ])('takes %s', async (_, namesOf) => {
    const { owner, key } = await ownerWithKey();
    const [clientId, publicKey] = namesOf(key);
    successOf(await owner[dialect].post(`/revoke/${String(clientId)}`, { public_key: publicKey }));
    expect(await isRevoked(owner, key)).toBe(true);
  });

  it('leaves the other split keys of the wallet signing', async () => {
    const { owner, key } = await ownerWithKey();
    const other = successOf<WireSplitKey>(await owner[dialect].post(`/key/${key.client_id}`), created);
    successOf(await owner[dialect].post(`/revoke/${key.client_id}`, { public_key: key.public_key }));
    expect((await askToSign(server, other)).status).toBe(200);
    expect(await isRevoked(owner, other)).toBe(false);
  });

  it('answers for a key of somebody else, or of another wallet, as for one that does not exist', async () => {
    const { owner, key } = await ownerWithKey();
    const other = await splitWallet(owner.documented);
    const stranger = freshUser(server, 'mallory')[dialect];
    const ask = (client: ApiClient, publicKey: string) =>
      client.post(`/revoke/${key.client_id}`, { public_key: publicKey }).then(visiblePartsOf);
    const missing = await ask(stranger, NEVER_MADE);
    expect(missing.status).toBe(400);
    expect(await ask(stranger, key.public_key)).toStrictEqual(missing);
    expect(await ask(owner[dialect], NEVER_MADE)).toStrictEqual(missing);
    expect(await ask(owner[dialect], other.key.public_key)).toStrictEqual(missing);
    expect(await isRevoked(owner, key)).toBe(false);
    expect(await isRevoked(owner, other.key)).toBe(false);
  });
});

describe('POST /revoke/:client_id refuses', () => {
  it('a caller without a token', async () => {
    const { key } = await ownerWithKey();
    const problem = await refusedInBothDialects(
      nobody(server),
      (client) => client.post(`/revoke/${key.client_id}?public_key=${key.public_key}`),
      401,
    );
    expect(problem.code).toBe('TOKEN.MISSING');
  });

  it('a split key that does not exist', async () => {
    const { owner, key } = await ownerWithKey();
    for (const [, call] of WAYS) {
      const ask = (client: ApiClient) => call(client, `/revoke/${key.client_id}`, NEVER_MADE);
      expect((await refusedInBothDialects(owner, ask)).code).toBe('SPLIT_KEY.UNKNOWN');
    }
  });

  it.each(malformedHex(128))('a public_key that is or has: $what', async ({ text }) => {
    const { owner, key } = await ownerWithKey();
    for (const [, call] of WAYS) {
      const problem = await refusedInBothDialects(owner, (client) => call(client, `/revoke/${key.client_id}`, text));
      expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'public_key' });
    }
  });

  it.each([
    ['nothing that names a key', '', undefined, 'REQUEST.INVALID_FIELD'],
    ['an empty object', '', '{}', 'REQUEST.INVALID_FIELD'],
    ['a key of null', '', '{"public_key":null}', 'REQUEST.INVALID_FIELD'],
    ['keys in an array', '', `{"public_key":["${NEVER_MADE}"]}`, 'REQUEST.INVALID_FIELD'],
    [
      'the key twice in the query',
      `?public_key=${NEVER_MADE}&public_key=${NEVER_MADE}`,
      undefined,
      'REQUEST.MALFORMED_JSON',
    ],
    ['the key twice in the body', '', `{"public_key":"a","public_key":"b"}`, 'REQUEST.MALFORMED_JSON'],
    ['a body that is an array', '', `["${NEVER_MADE}"]`, 'REQUEST.MALFORMED_JSON'],
    ['text that is no form', '', `public_key=${NEVER_MADE}`, 'REQUEST.MALFORMED_JSON'],
    ['a query with a second question mark', `?public_key=${NEVER_MADE}?x`, undefined, 'REQUEST.INVALID_FIELD'],
  ])('%s', async (_, query, body, code) => {
    const { owner, key } = await ownerWithKey();
    const ask = (client: ApiClient) =>
      client.with({ 'Content-Type': 'text/plain' }).post(`/revoke/${key.client_id}${query}`, body);
    expect((await refusedInBothDialects(owner, ask)).code).toBe(code);
  });

  it('a form that names the key twice', async () => {
    const { owner, key } = await ownerWithKey();
    const form = `public_key=${key.public_key}&public_key=${key.public_key}`;
    const ask = (client: ApiClient) => client.with(FORM).post(`/revoke/${key.client_id}`, form);
    expect((await refusedInBothDialects(owner, ask)).code).toBe('REQUEST.MALFORMED_JSON');
  });

  it('a client id that is none', async () => {
    const { owner, key } = await ownerWithKey();
    const ask = (client: ApiClient) => client.post('/revoke/0x12', { public_key: key.public_key });
    expect(await refusedInBothDialects(owner, ask)).toMatchObject({
      code: 'REQUEST.INVALID_FIELD',
      field: 'client_id',
    });
  });
});
