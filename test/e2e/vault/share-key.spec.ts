import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
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

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function ownerWithKey(expiresAt = 0): Promise<{ owner: VaultUser; key: WireSplitKey }> {
  const owner = freshUser(server, 'alice');
  return { owner, key: (await splitWallet(owner.documented, { expires_at: expiresAt })).key };
}

async function sharedToOf(owner: VaultUser, key: WireSplitKey): Promise<unknown> {
  const { keys } = successOf<{ keys: WireSplitKey[] }>(await owner.documented.get(`/keys/${key.client_id}`));
  return keys.find((entry) => entry.public_key === key.public_key)?.shared_to;
}

describe.each(VAULT_DIALECTS)('POST /share in the $dialect dialect', ({ dialect }) => {
  it('answers an empty object and shows the recipient to the owner', async () => {
    const { owner, key } = await ownerWithKey();
    const bob = freshUser(server, 'bob');
    const answer = await owner[dialect].post('/share', { public_key: key.public_key, target_user_id: bob.id });
    expect({ status: answer.status, text: answer.text }).toStrictEqual({ status: 200, text: '{}' });
    expect(await sharedToOf(owner, key)).toBe(bob.id);
  });

  it.each([
    ['the user key', (key: WireSplitKey) => key.public_key],
    ['the user key in upper case', (key: WireSplitKey) => key.public_key.toUpperCase()],
    ['the server key, which clients mix up with it', (key: WireSplitKey) => key.peer_public_key],
  ])('takes %s', async (_, nameOf) => {
    const { owner, key } = await ownerWithKey();
    const bob = freshUser(server, 'bob');
    successOf(await owner[dialect].post('/share', { public_key: nameOf(key), target_user_id: bob.id }));
    expect(await sharedToOf(owner, key)).toBe(bob.id);
  });

  it.each(['b'.repeat(256), 'bob@example.com', 'Боб', 'bob smith', '👍'])(
    'takes the recipient %s',
    async (recipient) => {
      const { owner, key } = await ownerWithKey();
      successOf(await owner[dialect].post('/share', { public_key: key.public_key, target_user_id: recipient }));
      expect(await sharedToOf(owner, key)).toBe(recipient);
    },
  );

  it('takes back nothing when the same recipient is named again', async () => {
    const { owner, key } = await ownerWithKey();
    const ask = { public_key: key.public_key, target_user_id: freshUser(server, 'bob').id };
    successOf(await owner[dialect].post('/share', ask));
    successOf(await owner[dialect].post('/share', ask));
    expect(await sharedToOf(owner, key)).toBe(ask.target_user_id);
  });

  it('leaves the key signing for both', async () => {
    const { owner, key } = await ownerWithKey();
    const bob = freshUser(server, 'bob');
    successOf(await owner[dialect].post('/share', { public_key: key.public_key, target_user_id: bob.id }));
    const [lent] = successOf<WireSplitKey[]>(await bob[dialect].get('/wallets/shared'));
    expect((await askToSign(server, key)).status).toBe(200);
    expect((await askToSign(server, lent ?? key)).status).toBe(200);
  });

  it('answers for a key of somebody else, also one lent to the caller, as for one that does not exist', async () => {
    const { owner, key } = await ownerWithKey();
    const [bob, mallory] = [freshUser(server, 'bob'), freshUser(server, 'mallory')];
    successOf(await owner[dialect].post('/share', { public_key: key.public_key, target_user_id: bob.id }));
    for (const caller of [bob, mallory]) {
      const ask = (publicKey: string) =>
        caller[dialect].post('/share', { public_key: publicKey, target_user_id: mallory.id });
      const foreign = visiblePartsOf(await ask(key.public_key));
      expect(foreign).toStrictEqual(visiblePartsOf(await ask(NEVER_MADE)));
      expect(foreign.status).toBe(400);
    }
    expect(await sharedToOf(owner, key)).toBe(bob.id);
  });
});

describe('POST /share of a key that is lent to somebody else', () => {
  async function lentTo(bob: VaultUser): Promise<{ owner: VaultUser; key: WireSplitKey }> {
    const made = await ownerWithKey();
    successOf(await made.owner.documented.post('/share', { public_key: made.key.public_key, target_user_id: bob.id }));
    return made;
  }

  async function expectReplaced(
    owner: VaultUser,
    key: WireSplitKey,
    { bob, carol }: Record<'bob' | 'carol', VaultUser>,
  ): Promise<void> {
    expect(await sharedToOf(owner, key)).toBe(carol.id);
    expect(successOf(await bob.documented.get('/wallets/shared'))).toStrictEqual([]);
    expect(successOf(await carol.documented.get('/wallets/shared'))).toHaveLength(1);
    const { facts } = (await server.audit()).filter(({ action }) => action === 'share-key').at(-1) ?? {};
    expect(JSON.parse(facts ?? '')).toStrictEqual({ recipient: { before: bob.id, after: carol.id } });
  }

  it.each([{}, { replace: false }, { replace: null }])('is refused in the documented API with %j', async (more) => {
    const [bob, carol] = [freshUser(server, 'bob'), freshUser(server, 'carol')];
    const { owner, key } = await lentTo(bob);
    const ask = { public_key: key.public_key, target_user_id: carol.id, ...more };
    expect(problemOf(await owner.documented.post('/share', ask), 409).code).toBe('SHARE.ALREADY_SHARED');
    expect(await sharedToOf(owner, key)).toBe(bob.id);
    expect(successOf(await carol.documented.get('/wallets/shared'))).toStrictEqual([]);
  });

  it('replaces the recipient there when asked to, and the record has both names', async () => {
    const [bob, carol] = [freshUser(server, 'bob'), freshUser(server, 'carol')];
    const { owner, key } = await lentTo(bob);
    const ask = { public_key: key.public_key, target_user_id: carol.id, replace: true };
    successOf(await owner.documented.post('/share', ask));
    await expectReplaced(owner, key, { bob, carol });
  });

  it('replaces the recipient in the SDK dialect without a word, as upstream does, and the record has both names', async () => {
    const [bob, carol] = [freshUser(server, 'bob'), freshUser(server, 'carol')];
    const { owner, key } = await lentTo(bob);
    successOf(await owner.sdk.post('/share', { public_key: key.public_key, target_user_id: carol.id }));
    await expectReplaced(owner, key, { bob, carol });
  });

  it.each(['yes', 1, {}])('takes no replace that is %j', async (replace) => {
    const ask = { public_key: NEVER_MADE, target_user_id: 'bob', replace };
    const problem = await refusedInBothDialects(freshUser(server, 'alice'), (client) => client.post('/share', ask));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'replace' });
  });
});

describe('POST /share refuses', () => {
  it('a caller without a token', async () => {
    const { key } = await ownerWithKey();
    const ask = { public_key: key.public_key, target_user_id: 'bob' };
    expect((await refusedInBothDialects(nobody(server), (client) => client.post('/share', ask), 401)).code).toBe(
      'TOKEN.MISSING',
    );
  });

  it('a split key that does not exist', async () => {
    const ask = { public_key: NEVER_MADE, target_user_id: 'bob' };
    const problem = await refusedInBothDialects(freshUser(server, 'alice'), (client) => client.post('/share', ask));
    expect(problem.code).toBe('SPLIT_KEY.UNKNOWN');
  });

  it('the owner as the recipient', async () => {
    const { owner, key } = await ownerWithKey();
    const ask = { public_key: key.public_key, target_user_id: owner.id };
    const problem = await refusedInBothDialects(owner, (client) => client.post('/share', ask));
    expect(problem).toMatchObject({ code: 'SHARE.TO_ONESELF', field: 'target_user_id' });
    expect(await sharedToOf(owner, key)).toBe('');
    expect(successOf(await owner.documented.get('/wallets/shared'))).toStrictEqual([]);
  });

  it('a revoked split key', async () => {
    const { owner, key } = await ownerWithKey();
    await owner.documented.post(`/revoke/${key.client_id}`, { public_key: key.public_key });
    const ask = { public_key: key.public_key, target_user_id: 'bob' };
    expect((await refusedInBothDialects(owner, (client) => client.post('/share', ask))).code).toBe('SPLIT_KEY.REVOKED');
    expect(await sharedToOf(owner, key)).toBe('');
  });

  it('an expired split key, from its last second on', async () => {
    const { owner, key } = await ownerWithKey(server.clock.nowSeconds() + 60);
    const ask = { public_key: key.public_key, target_user_id: 'bob' };
    server.clock.advanceSeconds(60);
    expect((await refusedInBothDialects(owner, (client) => client.post('/share', ask))).code).toBe('SPLIT_KEY.EXPIRED');
    expect(await sharedToOf(owner, key)).toBe('');
  });

  it.each<readonly [string, unknown]>([
    ...malformedHex(128).map(({ what, text }) => [`text that is or has: ${what}`, text] as const),
    ['a client id', 'ab'.repeat(32)],
    ['null', null],
    ['a number', 1],
    ['an array', ['ab'.repeat(64)]],
    ['absent', undefined],
  ])('a public_key that is %s', async (_, value) => {
    const ask = { public_key: value, target_user_id: 'bob' };
    const problem = await refusedInBothDialects(freshUser(server, 'alice'), (client) => client.post('/share', ask));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'public_key' });
  });

  it.each([
    ['empty', ''],
    ['longer than 256 characters', 'b'.repeat(257)],
    ['with a line feed', 'bob\n'],
    ['with a character that cannot be seen', 'bo\u200Bb'],
    ['half a surrogate pair', 'bob\uD800'],
    ['null', null],
    ['a number', 5],
    ['an array', ['bob']],
    ['absent', undefined],
  ])('a target_user_id that is %s', async (_, value) => {
    const { owner, key } = await ownerWithKey();
    const ask = { public_key: key.public_key, target_user_id: value };
    const problem = await refusedInBothDialects(owner, (client) => client.post('/share', ask));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'target_user_id' });
    expect(await sharedToOf(owner, key)).toBe('');
  });
});
