import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { ApiClient } from '../../support/api-client.js';
import { freshUser, sending } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { askToSign } from '../../support/message-signing.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3 } from '../../support/wallet-client.js';
import type { WireSplitKey } from '../../support/wire-types.js';

const HASH = sha3('a message');
/** Of an upload: no transaction's hash has this length. */
const MD5 = '4a8ec4fa5f01b4ab1a0ab8cbccb709f0';

interface Restricted {
  readonly owner: VaultUser;
  readonly key: WireSplitKey;
}

type SetList = (server: TestServer, dialect: 'documented' | 'sdk', restrictions: string[]) => Promise<Restricted>;

const whenSplit: SetList = async (server, dialect, restrictions) => {
  const user = freshUser(server, 'alice');
  const { wallet } = await splitWallet(user.documented);
  const created = dialect === 'sdk' ? 200 : 201;
  const key = successOf<WireSplitKey>(await user[dialect].post(`/key/${wallet.client_id}`, { restrictions }), created);
  return { owner: named(user, key), key };
};

const whenGenerated: SetList = async (server, _, restrictions) => {
  const user = freshUser(server, 'alice');
  const { wallet } = await splitWallet(user.documented);
  const key = successOf<WireSplitKey>(await user.sdk.post(`/generate/${wallet.client_id}`, { restrictions }));
  return { owner: named(user, key), key };
};

const later: SetList = async (server, dialect, restrictions) => {
  const user = freshUser(server, 'alice');
  const { key } = await splitWallet(user.documented);
  const owner = named(user, key);
  successOf(await owner[dialect].put(`/restrictions/${key.client_id}`, { restrictions }));
  return { owner, key };
};

function named(user: VaultUser, key: WireSplitKey): VaultUser {
  return sending(user, { 'X-Peer-Public-Key': key.peer_public_key });
}

const shown = async (client: ApiClient): Promise<string[]> => successOf<string[]>(await client.get('/restrictions'));

describe('a list set through the SDK dialect, as the service comes', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it.each([
    ['when splitting', whenSplit],
    ['when generating', whenGenerated],
    ['later', later],
  ])('%s silently allows messages of any length, and the SDK dialect never shows it', async (_, setList) => {
    for (const restrictions of [['token_transfers'], []]) {
      const { owner, key } = await setList(server, 'sdk', restrictions);
      for (const message of [HASH, MD5]) expect((await askToSign(server, key, message)).status).toBe(200);
      expect(await shown(owner.sdk)).toStrictEqual(restrictions);
      expect(await shown(owner.documented)).toStrictEqual([...restrictions, 'message_signing', 'data_signing']);
    }
  });

  it('is not shown the silent groups either when it named them', async () => {
    const { owner } = await later(server, 'sdk', ['data_signing', 'message_signing', 'token_transfers']);
    expect(await shown(owner.sdk)).toStrictEqual(['token_transfers']);
    expect(await shown(owner.documented)).toStrictEqual(['data_signing', 'message_signing', 'token_transfers']);
  });

  it('may be no list at all, which that dialect shows as every group but the silent ones', async () => {
    const { owner } = await later(server, 'sdk', ['*']);
    const all = successOf<{ group: string }[]>(await owner.sdk.get('/restrictions/catalogue')).map(
      ({ group }) => group,
    );
    const names = await shown(owner.sdk);
    expect(all.filter((group) => !names.includes(group))).toStrictEqual(['message_signing', 'data_signing']);
    expect(names.filter((group) => !all.includes(group))).toStrictEqual([]);
  });

  it.each([
    ['when splitting', whenSplit],
    ['later', later],
  ])('differs from one set through the documented API %s, which allows only what it says', async (_, setList) => {
    for (const restrictions of [['token_transfers'], []]) {
      const { owner, key } = await setList(server, 'documented', restrictions);
      for (const message of [HASH, MD5]) {
        expect((await askToSign(server, key, message)).json).toMatchObject({
          status: 400,
          code: 'SIGNING.NOT_ALLOWED',
        });
      }
      expect(await shown(owner.documented)).toStrictEqual(restrictions);
    }
    const { key } = await setList(server, 'documented', ['message_signing']);
    for (const message of [HASH, MD5]) expect((await askToSign(server, key, message)).status).toBe(200);
    const { key: ofData } = await setList(server, 'documented', ['data_signing']);
    expect((await askToSign(server, ofData, MD5)).status).toBe(200);
    expect((await askToSign(server, ofData, HASH)).json).toMatchObject({ code: 'SIGNING.NOT_ALLOWED' });
  });

  it('loses messages when the documented API replaces it', async () => {
    const { owner, key } = await later(server, 'sdk', ['token_transfers']);
    successOf(await owner.documented.put(`/restrictions/${key.client_id}`, { restrictions: ['token_transfers'] }));
    expect((await askToSign(server, key)).json).toMatchObject({ code: 'SIGNING.NOT_ALLOWED' });
  });
});

describe('with SDK_RESTRICTED_MESSAGES=deny, a list set through the SDK dialect', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ SDK_RESTRICTED_MESSAGES: 'deny' });
  });
  afterAll(() => server.stop());

  it.each([
    ['when splitting', whenSplit],
    ['when generating', whenGenerated],
    ['later', later],
  ])('%s allows only what it says', async (_, setList) => {
    const { owner, key } = await setList(server, 'sdk', ['token_transfers']);
    for (const message of [HASH, MD5]) {
      expect((await askToSign(server, key, message)).json).toMatchObject({ status: 400, code: 'SIGNING.NOT_ALLOWED' });
    }
    expect(await shown(owner.documented)).toStrictEqual(['token_transfers']);
  });

  it('allows messages when it names the group, which that dialect does not show', async () => {
    const { owner, key } = await later(server, 'sdk', ['message_signing']);
    for (const message of [HASH, MD5]) expect((await askToSign(server, key, message)).status).toBe(200);
    expect(await shown(owner.sdk)).toStrictEqual([]);
  });

  it('allows what is not 32 bytes when it names data_signing alone, which that dialect does not show', async () => {
    const { owner, key } = await later(server, 'sdk', ['data_signing']);
    expect((await askToSign(server, key, MD5)).status).toBe(200);
    expect((await askToSign(server, key, HASH)).json).toMatchObject({ code: 'SIGNING.NOT_ALLOWED' });
    expect(await shown(owner.sdk)).toStrictEqual([]);
    expect(await shown(owner.documented)).toStrictEqual(['data_signing']);
  });

  it('leaves a key without a list as it is', async () => {
    const { owner, key } = await later(server, 'sdk', ['*']);
    expect((await askToSign(server, key)).status).toBe(200);
    expect(await shown(owner.documented)).toStrictEqual(['*']);
  });
});
