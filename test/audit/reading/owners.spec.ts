import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseEntryId } from '../../../src/audit/entry-id.js';
import { problemOf, successOf } from '../../support/api-client.js';
import { foreignSplitKey, randomSecretKey, setUp } from '../../support/foreign-split-key.js';
import { minus } from '../../support/secret-arithmetic.js';
import { nextOf } from '../../support/paged-lists.js';
import { heldKey, signMessage } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3 } from '../../support/wallet-client.js';
import type { WireSplitKey } from '../../support/wire-types.js';
import { rootOf } from '../tree/record-world.js';
import { entriesIn, linesOf, readAll } from './read-entries.js';

let server: TestServer;
let users = 0;
let [owner, stranger] = ['', ''];
beforeAll(async () => {
  server = await startTestServer({ AUDIT_CHECKPOINT_SECONDS: '1' });
});
afterAll(() => server.stop());
beforeEach(() => {
  users += 1;
  [owner, stranger] = [`owner-${users}`, `stranger-${users}`];
});

const HASH = sha3('read in the record');

describe('the owner of a wallet', () => {
  it('reads what they did and what was signed with their keys, by whomever, the newest first', async () => {
    const { key } = await splitWallet(server.as(owner));
    successOf(await signMessage(server.anonymous(), heldKey(key), HASH));
    successOf(await server.as(owner).post(`/revoke/${key.client_id}`, { public_key: key.public_key }));
    expect((await signMessage(server.anonymous(), heldKey(key), HASH)).status).toBe(400);
    expect(await linesOf(server.as(owner), key.client_id)).toEqual([
      'sign-message denied -',
      `revoke-key approved ${owner}`,
      'sign-message approved -',
      `split-key approved ${owner}`,
      `create-wallet approved ${owner}`,
    ]);
  });

  it('is given each text as it is hashed, with the salt, and its id', async () => {
    const { key } = await splitWallet(server.as(owner));
    const rows = await server
      .dataSource()
      .query<{ id: number; entry: string }[]>(
        `SELECT id, entry FROM audit_entries WHERE entry ->> '$.client_id' = ? ORDER BY id DESC`,
        [key.client_id],
      );
    const answer = await server.as(owner).get(`/audit?client_id=${key.client_id}`);
    const read = entriesIn(answer);
    expect(read.map(({ entry }) => entry)).toEqual(rows.map(({ entry }) => entry));
    expect(read.map(({ id }) => parseEntryId(id))).toEqual(
      rows.map(({ id, entry }) => ({ id, salt: (JSON.parse(entry) as { salt: string }).salt })),
    );
    expect(Object.keys(successOf<object>(answer))).toEqual(['entries']);
    expect(nextOf(answer, '/audit')).toBeUndefined();
  });

  it('reads the leaves of the tree that the checkpoint signs', async () => {
    const alone = await startTestServer({ AUDIT_CHECKPOINT_SECONDS: '1' });
    try {
      const { key } = await splitWallet(alone.as(owner));
      successOf(await signMessage(alone.anonymous(), heldKey(key), HASH));
      const note = await checkpointOf(alone, 3);
      const read = entriesIn(await alone.as(owner).get(`/audit?client_id=${key.client_id}`));
      const leaves = read.map(({ entry }) => entry).toReversed();
      expect(leaves).toHaveLength(3);
      expect(Buffer.from(note.split('\n')[2] ?? '', 'base64').toString('hex')).toBe(rootOf(leaves));
    } finally {
      await alone.stop();
    }
  });

  it('reads what others tried with a key of theirs, and not what others asked of a wallet alone', async () => {
    const { key } = await splitWallet(server.as(owner));
    const other = server.as(stranger);
    problemOf(await other.post(`/delete/${key.client_id}`));
    successOf(await other.get(`/keys/${key.client_id}`));
    problemOf(await other.with({ 'X-Peer-Public-Key': key.public_key }).get(`/key/${key.client_id}`));
    expect((await linesOf(server.as(owner), key.client_id)).slice(0, 2)).toEqual([
      `read-key denied ${stranger}`,
      `split-key approved ${owner}`,
    ]);
  });

  it('reads of a wallet that is deleted, what was signed without a token too', async () => {
    const { key } = await splitWallet(server.as(owner));
    successOf(await signMessage(server.anonymous(), heldKey(key), HASH));
    const before = await linesOf(server.as(owner), key.client_id);
    successOf(await server.as(owner).post(`/delete/${key.client_id}`));
    expect(await linesOf(server.as(owner), key.client_id)).toEqual([`delete-wallet approved ${owner}`, ...before]);
  });

  it('reads of a split key that was set up at ZAuth, also when it is deleted', async () => {
    const elsewhere = await foreignSplitKey();
    const zauth = server.as(owner, `${server.url}/zauth`);
    successOf(await setUp(zauth, elsewhere));
    const held = { ...elsewhere, userPublicKey: elsewhere.userPublicKey };
    successOf(await signMessage(server.anonymous(), held, HASH));
    successOf(await zauth.post(`/delete/${elsewhere.clientId}`));
    expect(await linesOf(server.as(owner), elsewhere.clientId)).toEqual([
      `delete-shares approved ${owner}`,
      'sign-message approved -',
      `set-up approved ${owner}`,
    ]);
  });

  it('finds that it was read, once for each time', async () => {
    const { key } = await splitWallet(server.as(owner));
    const path = `/audit?client_id=${key.client_id}&action=read-record`;
    expect(entriesIn(await server.as(owner).get(path))).toHaveLength(0);
    expect(entriesIn(await server.as(owner).get(path))).toHaveLength(1);
    expect(entriesIn(await server.as(owner).get(path))).toHaveLength(2);
  });
});

describe('who is not the owner', () => {
  it('is told the same of a wallet of another, and of none', async () => {
    const { key } = await splitWallet(server.as(owner));
    const answers = [key.client_id, sha3(`nobody's ${users}`)].map(async (clientId) => {
      const { status, detail, code } = problemOf(await server.as(stranger).get(`/audit?client_id=${clientId}`));
      return { status, detail, code };
    });
    const [others, none] = await Promise.all(answers);
    expect(others).toEqual({ status: 400, code: 'WALLET.UNKNOWN', detail: 'unknown wallet' });
    expect(none).toEqual(others);
    problemOf(await server.anonymous().get(`/audit?client_id=${key.client_id}`), 401);
  });

  it('reads nothing of others by setting up a split key of their own for the same client key', async () => {
    const wallet = await foreignSplitKey();
    successOf(await server.as(owner).post('/store', { private_key: wallet.masterKey }), 201);
    const key = successOf<WireSplitKey>(await server.as(owner).post(`/key/${wallet.clientId}`), 201);
    successOf(await signMessage(server.anonymous(), heldKey(key), HASH));
    // Anybody can: a server share of their own, and as user key what is left of the client key.
    const serverShare = randomSecretKey();
    const own = await foreignSplitKey(minus(wallet.masterKey, serverShare), serverShare);
    expect(own.clientId).toBe(wallet.clientId);
    successOf(await setUp(server.as(stranger, `${server.url}/zauth`), own));
    expect(await linesOf(server.as(stranger), key.client_id)).toEqual([`set-up approved ${stranger}`]);
    const all = await readAll(server.as(owner), key.client_id);
    expect(all.filter(({ actor_id: actor }) => actor === stranger)).toEqual([]);
  });

  it('has stored the same key, and reads what is theirs alone', async () => {
    const wallet = await foreignSplitKey();
    const keys: WireSplitKey[] = [];
    for (const user of [owner, stranger]) {
      successOf(await server.as(user).post('/store', { private_key: wallet.masterKey }), 201);
      keys.push(successOf<WireSplitKey>(await server.as(user).post(`/key/${wallet.clientId}`), 201));
    }
    for (const key of keys) successOf(await signMessage(server.anonymous(), heldKey(key), HASH));
    for (const [at, user] of [owner, stranger].entries()) {
      const read = await readAll(server.as(user), wallet.clientId);
      expect(read.map(({ action, public_key: key }) => [action, key])).toEqual([
        ['sign-message', keys[at]?.public_key],
        ['split-key', keys[at]?.public_key],
        ['store-key', undefined],
      ]);
    }
  });
});

/** Waits for the checkpoint of so many entries. */
async function checkpointOf(of: TestServer, size: number): Promise<string> {
  for (let looked = 0; looked < 100; looked += 1) {
    const note = (await of.anonymous().get('/audit/checkpoint')).text;
    if (note.split('\n')[1] === String(size)) return note;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no checkpoint of ${size} entries came`);
}
