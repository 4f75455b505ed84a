import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventBus } from '../../src/events/event-bus.js';
import { Sweeper } from '../../src/sweeping/sweeper.js';
import { successOf } from '../support/api-client.js';
import { plainLineOf } from '../support/dialects.js';
import { foreignSplitKey, setUp } from '../support/foreign-split-key.js';
import type { ForeignSplitKey } from '../support/foreign-split-key.js';
import { minus } from '../support/secret-arithmetic.js';
import { signMessage } from '../support/signing-calls.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3 } from '../support/wallet-client.js';
import type { WireSplitKey } from '../support/wire-types.js';
import { expectRefusal, SDK, zauthOf } from '../support/zauth-dialects.js';

const HASH = sha3('a message');
const DAY = 86_400;

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

/** Of alice's, lent to bob; both of its shares are known. */
async function knownSplitKey(expiresIn = 0): Promise<ForeignSplitKey> {
  const master = await foreignSplitKey();
  const alice = server.as('alice');
  successOf(await alice.post('/store', { private_key: master.masterKey }), 201);
  const expires = expiresIn === 0 ? {} : { expires_at: server.clock.nowSeconds() + expiresIn };
  const made = successOf<WireSplitKey>(await alice.post(`/key/${master.clientId}`, expires), 201);
  successOf(await alice.post('/share', { public_key: made.public_key, target_user_id: 'bob' }));
  return foreignSplitKey(made.private_key, minus(master.masterKey, made.private_key));
}

/** How many bytes are sealed in each half. */
async function sealedBytes({ clientId }: ForeignSplitKey): Promise<{ user: number[]; server: number[] }> {
  const lengths = async (table: string, column: string): Promise<number[]> => {
    const sql = `SELECT length(${column}) AS n FROM ${table} WHERE client_id = ? ORDER BY id`;
    return (await server.dataSource().query<{ n: number }[]>(sql, [clientId])).map(({ n }) => n);
  };
  return {
    user: await lengths('vault_split_keys', 'sealed_user_share'),
    server: await lengths('auth_server_shares', 'sealed_server_share'),
  };
}

/** The user shares that the owner and the recipient are shown. */
async function shown({ clientId }: ForeignSplitKey): Promise<string[]> {
  const { keys } = successOf<{ keys: WireSplitKey[] }>(await server.as('alice').get(`/keys/${clientId}`));
  const lent = successOf<WireSplitKey[]>(await server.as('bob').get('/wallets/shared'));
  return [...keys, ...lent].map(({ private_key: share }) => share);
}

const ERASED = { user: [0], server: [0] };
const SEALED = { user: [expect.any(Number)], server: [expect.any(Number)] };
const sweep = (): Promise<void> => server.app.get(Sweeper).sweep();

describe('a revoked split key', () => {
  it.each([
    ['at ZVault', 'revoke', (key: ForeignSplitKey) => ({ public_key: key.userPublicKey })],
    ['at ZAuth', 'zauth/revoke', (key: ForeignSplitKey) => ({ peer_public_key: key.userPublicKey })],
  ])('has lost both its shares when the call %s is answered', async (_, path, body) => {
    const key = await knownSplitKey();
    expect(await shown(key)).toEqual([key.userShare, key.userShare]);
    successOf(await server.as('alice').post(`/${path}/${key.clientId}`, body(key)));
    expect(await sealedBytes(key)).toEqual(ERASED);
    expect(await shown(key)).toEqual(['', '']);
    const zauth = zauthOf(server, 'alice');
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.REVOKED');
    // Again is fine.
    successOf(await server.as('alice').post(`/${path}/${key.clientId}`, body(key)));
  });

  it('that was deleted at ZAuth has lost both as well', async () => {
    const key = await knownSplitKey();
    successOf(await server.as('alice').post(`/zauth/delete/${key.clientId}`));
    expect(await sealedBytes(key)).toEqual({ user: [0], server: [] });
    expect(await shown(key)).toEqual(['', '']);
  });
});

describe('an expired split key', () => {
  it('is handed out no more, but keeps its shares for the days of grace: a later expiry brings it back', async () => {
    const key = await knownSplitKey(60);
    server.clock.advanceSeconds(7 * DAY);
    await sweep();
    expect(await shown(key)).toEqual(['', '']);
    expect(await sealedBytes(key)).toEqual(SEALED);
    const zauth = zauthOf(server, 'alice');
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.EXPIRED');
    successOf(await setUp(zauth, key, { restrictions: ['*'], expired_at: server.clock.nowSeconds() + 60 }));
    expect(await shown(key)).toEqual([key.userShare, key.userShare]);
    successOf(await signMessage(zauth, key, HASH));
  });

  it('loses both shares afterwards, which is recorded, and then nothing brings it back', async () => {
    const key = await knownSplitKey(60);
    server.clock.advanceSeconds(7 * DAY + 60);
    await sweep();
    expect(await sealedBytes(key)).toEqual(ERASED);
    const entry = (await server.audit()).at(-1);
    expect(entry).toMatchObject({
      action: 'erase-expired-key',
      outcome: 'approved',
      actorId: null,
      clientId: key.clientId,
      publicKey: key.userPublicKey,
      facts: '{"owner":"alice"}',
    });
    expect(entry?.requestId).toMatch(/^service-/);
    const zauth = zauthOf(server, 'alice');
    const later = { restrictions: ['*'], expired_at: server.clock.nowSeconds() + 60 };
    expect(plainLineOf(await setUp(zauth, key, later))).toMatch(/^the split key has expired so long ago/);
    expectRefusal(SDK, await signMessage(zauth, key, HASH), 'SPLIT_KEY.EXPIRED');
    // Nor does a clock that is set back.
    server.clock.advanceSeconds(-8 * DAY);
    const anew = zauthOf(server, 'alice');
    expectRefusal(SDK, await signMessage(anew, key, HASH), 'SPLIT_KEY.EXPIRED');
    expect(await shown(key)).toEqual(['', '']);
    const before = await server.audit();
    await sweep();
    expect(await server.audit()).toEqual(before);
  });

  it('keeps its shares for as long as the time is in doubt', async () => {
    const key = await knownSplitKey(60);
    server.clock.advanceSeconds(100 * DAY);
    server.clock.doubted = 'it has jumped';
    await sweep();
    expect(await sealedBytes(key)).toEqual(SEALED);
    server.clock.doubted = undefined;
    await sweep();
    expect(await sealedBytes(key)).toEqual(ERASED);
  });

  it.each(['handler', 'record'])(
    'keeps both shares when the %s fails, and loses them at the next sweep',
    async (what) => {
      const key = await knownSplitKey(60);
      server.clock.advanceSeconds(8 * DAY);
      let fails = what === 'handler';
      server.app
        .get(EventBus)
        .on('ServerShareErased', () => (fails ? Promise.reject(new Error('no')) : Promise.resolve()));
      const trigger = `CREATE TRIGGER spoiled BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'spoiled'); END`;
      if (what === 'record') await server.dataSource().query(trigger);
      await sweep();
      expect(await sealedBytes(key)).toEqual(SEALED);
      expect((await server.anonymous().get('/metrics')).text).toMatch(/^kms_sweep_failures_total 1$/m);
      expect(server.log.filter((line) => line.includes('what is due could not be swept'))).toHaveLength(1);
      fails = false;
      if (what === 'record') await server.dataSource().query('DROP TRIGGER spoiled');
      await sweep();
      expect(await sealedBytes(key)).toEqual(ERASED);
    },
  );

  it('is one of many, of which a sweep takes a few at a time until none is left', async () => {
    await knownSplitKey(60);
    const copy = `INSERT INTO auth_server_shares (id, owner_id, client_id, client_key, user_public_key, server_public_key,
        sealed_server_share, terms, created_at, last_used_at)
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)
      SELECT id || i, owner_id, client_id, client_key, user_public_key || i, server_public_key, sealed_server_share,
        terms, created_at, 0 FROM auth_server_shares, n`;
    await server.dataSource().query(copy);
    server.clock.advanceSeconds(8 * DAY);
    await sweep();
    const entries = (await server.audit()).filter(({ action }) => action === 'erase-expired-key');
    expect(entries).toHaveLength(121);
    expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(3);
  });
});

describe('shares without days of grace', () => {
  it('are overwritten at the first sweep after their expiry', async () => {
    await server.stop();
    server = await startTestServer({ DELETION_GRACE_DAYS: '0' });
    const key = await knownSplitKey(60);
    server.clock.advanceSeconds(59);
    await sweep();
    expect(await sealedBytes(key)).toEqual(SEALED);
    server.clock.advanceSeconds(1);
    await sweep();
    expect(await sealedBytes(key)).toEqual(ERASED);
  });
});
