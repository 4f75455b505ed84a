import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '../../src/events/domain-events.js';
import { EventBus } from '../../src/events/event-bus.js';
import { problemOf } from '../support/api-client.js';
import type { Answer, ApiClient } from '../support/api-client.js';
import { stateOf } from '../support/database-state.js';
import { plainLineOf } from '../support/dialects.js';
import { foreignSplitKey, setUpBody } from '../support/foreign-split-key.js';
import { serverShareOf } from '../support/server-share.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { walletClient } from '../support/wallet-client.js';
import { newWorld } from './access-world.js';
import type { World } from './access-world.js';

type EventType = DomainEvent['type'];

const EVENT_TYPES = {
  SplitKeyCreated: true,
  SplitKeyTermsChanged: true,
  SplitKeyLent: true,
  WalletDeleted: true,
  ServerShareOffered: true,
  ServerShareTermsChanged: true,
  ServerShareErased: true,
} as const satisfies Record<EventType, true>;

const failing = new Set<EventType>();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const bus = server.app.get(EventBus);
  // Registered last, so each fails when all others have already written.
  for (const type of Object.keys(EVENT_TYPES) as EventType[]) {
    bus.on(type, () => (failing.has(type) ? Promise.reject(new Error('the handler failed')) : Promise.resolve()));
  }
});
afterAll(() => server.stop());

interface Change {
  readonly what: string;
  readonly action: string;
  readonly event: EventType;
  /** Where the other half is written, and how. */
  readonly otherHalf: readonly [table: string, statement: 'INSERT' | 'UPDATE' | 'DELETE'];
  readonly ask: (root: ApiClient, world: World) => Promise<Answer>;
}

const named = (api: ApiClient, { serverPublicKey }: World): ApiClient =>
  api.with({ 'X-Peer-Public-Key': serverPublicKey });
const list = { restrictions: ['token_transfers'] };
/** Hands over the server share of the split key that ZVault made, which the owner can work out. */
const setUpAgain = async (root: ApiClient, world: World): Promise<Answer> => {
  const client = await walletClient();
  const body = setUpBody({
    ...world.setUp,
    clientId: world.clientId,
    clientKey: client.publicKeyOf(world.masterKey),
    userPublicKey: world.userPublicKey,
    serverShare: serverShareOf(world.masterKey, world.userShare),
  });
  return root.post('/zauth/setup', { ...body, expired_at: server.clock.nowSeconds() + 100 });
};

const CHANGES: readonly Change[] = [
  {
    what: 'POST /key',
    action: 'split-key',
    event: 'SplitKeyCreated',
    otherHalf: ['auth_server_shares', 'INSERT'],
    ask: (root, { clientId }) => root.post(`/key/${clientId}`),
  },
  {
    what: 'POST /zvault/generate',
    action: 'generate',
    event: 'SplitKeyCreated',
    otherHalf: ['auth_server_shares', 'INSERT'],
    ask: (root) => root.post('/zvault/generate'),
  },
  {
    what: 'PUT /restrictions',
    action: 'restrict-key',
    event: 'SplitKeyTermsChanged',
    otherHalf: ['auth_server_shares', 'UPDATE'],
    ask: (root, world) => named(root, world).put(`/restrictions/${world.clientId}`, list),
  },
  {
    what: 'POST /revoke',
    action: 'revoke-key',
    event: 'SplitKeyTermsChanged',
    otherHalf: ['auth_server_shares', 'UPDATE'],
    ask: (root, { clientId, userPublicKey }) => root.post(`/revoke/${clientId}`, { public_key: userPublicKey }),
  },
  {
    what: 'POST /share',
    action: 'share-key',
    event: 'SplitKeyLent',
    otherHalf: ['auth_server_shares', 'UPDATE'],
    ask: (root, { userPublicKey }) =>
      root.post('/share', { public_key: userPublicKey, target_user_id: 'somebody-else', replace: true }),
  },
  {
    what: 'POST /delete',
    action: 'delete-wallet',
    event: 'WalletDeleted',
    otherHalf: ['auth_server_shares', 'DELETE'],
    ask: (root, { clientId }) => root.post(`/delete/${clientId}`),
  },
  {
    what: 'PUT /zauth/restrictions',
    action: 'restrict-share',
    event: 'ServerShareTermsChanged',
    otherHalf: ['vault_split_keys', 'UPDATE'],
    ask: (root, world) => named(root, world).put(`/zauth/restrictions/${world.clientId}`, list),
  },
  {
    what: 'PUT /policy',
    action: 'replace-policy',
    event: 'ServerShareTermsChanged',
    otherHalf: ['vault_split_keys', 'UPDATE'],
    ask: (root, world) =>
      named(root, world)
        .with({ 'If-Match': '"1"' })
        .put(`/policy/${world.clientId}`, { policy: { operations: ['transfer'] } }),
  },
  {
    what: 'PUT /policy, of which the revision cannot be kept',
    action: 'replace-policy',
    event: 'ServerShareTermsChanged',
    otherHalf: ['auth_policies', 'INSERT'],
    ask: (root, world) =>
      named(root, world)
        .with({ 'If-Match': '"1"' })
        .put(`/policy/${world.clientId}`, { policy: { messages: 'none' } }),
  },
  {
    what: 'POST /zauth/setup, of what is known',
    action: 'set-up',
    event: 'ServerShareTermsChanged',
    otherHalf: ['vault_split_keys', 'UPDATE'],
    ask: setUpAgain,
  },
  {
    what: 'POST /zauth/setup, of what is new',
    action: 'set-up',
    event: 'ServerShareOffered',
    otherHalf: ['auth_server_shares', 'INSERT'],
    ask: async (root) => root.post('/zauth/setup', setUpBody(await foreignSplitKey())),
  },
  {
    what: 'POST /zauth/revoke',
    action: 'revoke-share',
    event: 'ServerShareTermsChanged',
    otherHalf: ['vault_split_keys', 'UPDATE'],
    ask: (root, { clientId, userPublicKey }) =>
      root.post(`/zauth/revoke/${clientId}`, { peer_public_key: userPublicKey }),
  },
  {
    what: 'POST /zauth/delete',
    action: 'delete-shares',
    event: 'ServerShareTermsChanged',
    otherHalf: ['vault_split_keys', 'UPDATE'],
    ask: (root, { clientId }) => root.post(`/zauth/delete/${clientId}`),
  },
];

it('is tested for every event there is, but for what no request asks for (test/safety/erased-shares.spec.ts)', () => {
  const asked = new Set<string>(CHANGES.map(({ event }) => event));
  expect([...asked, 'ServerShareErased'].sort()).toEqual(Object.keys(EVENT_TYPES).sort());
});

/** The request fails as a failure of ours, changes nothing, and is on record as failed; then it succeeds. */
async function expectAllOrNothing(
  { ask, what, action }: Change,
  spoil: () => Promise<unknown>,
  mend: () => Promise<unknown>,
): Promise<void> {
  const world = await newWorld(server);
  const root = server.as(world.owner);
  const before = await stateOf(server);
  const record = await server.audit();

  await spoil();
  const answer = await ask(root, world);
  await mend();
  const told = 'something went wrong on our side; nothing was changed';
  if (what.includes(' /z')) expect(plainLineOf(answer, 500)).toBe(told);
  else expect(problemOf(answer, 500)).toMatchObject({ code: 'INTERNAL', detail: told });
  expect(await stateOf(server)).toEqual(before);
  const added = (await server.audit()).slice(record.length);
  expect(added).toMatchObject([{ action, outcome: 'failed', code: 'INTERNAL', actorId: world.owner }]);

  expect([200, 201]).toContain((await ask(root, world)).status);
  expect(await stateOf(server)).not.toEqual(before);
}

describe.each(CHANGES)('$what, whose $event', (change) => {
  it('is not handled to the end, changes neither half', async () => {
    await expectAllOrNothing(
      change,
      () => Promise.resolve(failing.add(change.event)),
      () => Promise.resolve(failing.clear()),
    );
  });

  it('cannot be written into the other half, changes neither half', async () => {
    const [table, statement] = change.otherHalf;
    const trigger = `CREATE TRIGGER spoiled BEFORE ${statement} ON ${table} BEGIN SELECT RAISE(ABORT, 'spoiled'); END`;
    await expectAllOrNothing(
      change,
      () => server.dataSource().query(trigger),
      () => server.dataSource().query('DROP TRIGGER spoiled'),
    );
  });
});
