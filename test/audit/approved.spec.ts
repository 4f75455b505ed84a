import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CALLED_ACTIONS } from '../../src/audit/action.js';
import { ACCESS_ROWS, entitled, LEAVE_NO_ENTRY } from '../safety/access-rows.js';
import { askAs, newWorld } from '../safety/access-world.js';
import type { World } from '../safety/access-world.js';
import type { Answer } from '../support/api-client.js';
import type { RecordedEntry } from '../support/recorded-entry.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { hashOf, transfer } from '../support/transactions.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import type { WalletClient } from '../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';
import { declaredActions } from './declared-actions.js';
import { entry, factsOfMessage, factsOfTransfer, recordedBy, withoutIds } from './new-entries.js';

let server: TestServer;
let client: WalletClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await walletClient();
});
afterAll(() => server.stop());

type Said = Partial<RecordedEntry>;
type Expected = (world: World, answer: Answer) => readonly Said[];

const ofWallet =
  (action: string): Expected =>
  ({ owner, clientId }) => [{ action, actorId: owner, clientId }];
const ofUser =
  (action: string): Expected =>
  ({ owner }) => [{ action, actorId: owner }];
const ofKey =
  (action: string): Expected =>
  ({ owner, clientId, userPublicKey }) => [{ action, actorId: owner, clientId, publicKey: userPublicKey }];
/** With what the entry says beside its subject, as canonical JSON. */
const withFacts =
  (expected: Expected, factsOf: (world: World, answer: Answer) => unknown): Expected =>
  (world, answer) =>
    expected(world, answer).map((said) => ({ ...said, facts: JSON.stringify(factsOf(world, answer)) }));
const revoked = (): unknown => ({ is_revoked: { after: true, before: false } });
const SILENT = ['message_signing', 'data_signing'];
const restricted = (action: string, after: string[]): Expected =>
  withFacts(ofKey(action), () => ({ restrictions: { after, before: null } }));
/** As docs/record.md has it. */
const shown = (...keys: string[]): unknown => ({
  digest: sha256(
    keys
      .sort()
      .map((key) => `${key}\n`)
      .join(''),
  ),
  keys: keys.length,
});
const newKey =
  (action: string): Expected =>
  ({ owner, clientId }, { json }) => {
    const { public_key: publicKey } = json as WireSplitKey;
    const facts = { expires_at: { after: 0 }, restrictions: { after: null }, shown: shown(publicKey) };
    return [{ action, actorId: owner, clientId, publicKey, facts: JSON.stringify(facts) }];
  };

/** What the owner's request leaves in the record, by the route's name without its dialect's prefix. */
const VAULT: Readonly<Record<string, Expected>> = {
  'POST /wallet': ({ owner }, { json }) => [
    { action: 'create-wallet', actorId: owner, clientId: (json as WireWallet).client_id },
  ],
  'POST /store': ofWallet('store-key'),
  'GET /wallets': ofUser('list-wallets'),
  'GET /wallets/shared': ofUser('list-shared'),
  'GET /keys/:client_id': withFacts(ofWallet('list-keys'), ({ userPublicKey }) => ({ shown: shown(userPublicKey) })),
  'POST /key/:client_id': newKey('split-key'),
  'POST /share': withFacts(ofKey('share-key'), ({ recipient }) => ({
    recipient: { after: 'somebody-else', before: recipient },
  })),
  'POST /share/decline': ({ owner, recipient, clientId, userPublicKey }) => [
    {
      action: 'decline-share',
      actorId: recipient,
      clientId,
      publicKey: userPublicKey,
      facts: JSON.stringify({ declined: 'this', owner }),
    },
  ],
  'POST /revoke/:client_id': withFacts(ofKey('revoke-key'), revoked),
  'POST /delete/:client_id': withFacts(ofWallet('delete-wallet'), () => ({
    deletes_at: server.clock.nowSeconds() + 7 * 86_400,
  })),
  'POST /undelete/:client_id': ofWallet('undelete-wallet'),
  'GET /restrictions': ofKey('read-restrictions'),
  'PUT /restrictions/:client_id': restricted('restrict-key', ['token_transfers']),
};

const SIGNING: Readonly<Record<string, Expected>> = {
  'POST /sign/msg': ({ owner, clientId, userPublicKey }) => [
    {
      action: 'sign-message',
      actorId: owner,
      clientId,
      publicKey: userPublicKey,
      signedHash: sha3('asked for by the access test'),
      facts: factsOfMessage(),
    },
  ],
  'POST /sign/txn': ({ owner, clientId, userPublicKey }) => [
    {
      action: 'sign-transaction',
      actorId: owner,
      clientId,
      publicKey: userPublicKey,
      signedHash: hashOf(transfer({ client_id: clientId, client_key: userPublicKey })),
      facts: factsOfTransfer(transfer({ client_id: clientId, client_key: userPublicKey })),
    },
  ],
  'GET /key/:client_id': ofKey('read-key'),
};

const EITHER: Readonly<Record<string, Expected>> = {
  'POST /freeze/:client_id': withFacts(ofWallet('freeze'), () => ({ is_frozen: { after: true, before: false } })),
  'POST /thaw/:client_id': withFacts(ofWallet('thaw'), () => ({ is_frozen: { after: false, before: false } })),
};

const withPrefix = (prefix: string, entries: Readonly<Record<string, Expected>>): [string, Expected][] =>
  Object.entries(entries).map(([route, expected]) => [route.replace(' ', ` ${prefix}`), expected]);

const APPROVED = new Map<string, Expected>([
  ...withPrefix('', VAULT),
  ...withPrefix('/zvault', {
    ...VAULT,
    'PUT /restrictions/:client_id': restricted('restrict-key', ['token_transfers', ...SILENT]),
  }),
  ...withPrefix('', SIGNING),
  ...withPrefix('/zauth', SIGNING),
  ...withPrefix('', EITHER),
  ...withPrefix('/zvault', EITHER),
  ...withPrefix('/zauth', EITHER),
  ['GET /audit', ofWallet('read-record')],
  ['GET /policy/:client_id', withFacts(ofKey('read-policy'), () => ({ policy_revision: 1 }))],
  [
    'PUT /policy/:client_id',
    withFacts(ofKey('replace-policy'), () => ({
      expires_at: { after: 0, before: 0 },
      policy: { after: sha256('{"operations":["transfer"]}'), before: sha256('{}') },
      policy_revision: 2,
    })),
  ],
  ['GET /policy/:client_id/revisions', ofKey('list-revisions')],
  [
    'POST /zvault/generate',
    ({ owner }, { json }) => {
      const { client_id: clientId } = json as WireWallet;
      return [
        { action: 'generate', actorId: owner, clientId },
        // Which key it made is told by GET /keys alone.
        {
          action: 'split-key',
          actorId: owner,
          clientId,
          publicKey: expect.stringMatching(/^[0-9a-f]{128}$/) as unknown as string,
          // Its user share is not in this answer.
          facts: '{"expires_at":{"after":0},"restrictions":{"after":null}}',
        },
      ];
    },
  ],
  ['GET /wallets/deleted', ofUser('list-deleted')],
  ['POST /zvault/generate/:client_id', newKey('generate-split-key')],
  [
    'POST /zauth/setup',
    ({ owner, setUp }) => [
      {
        action: 'set-up',
        actorId: owner,
        clientId: setUp.clientId,
        publicKey: setUp.userPublicKey,
        facts:
          '{"expires_at":{"after":0,"before":0},"restrictions":{"after":["message_signing","data_signing"],"before":["message_signing","data_signing"]}}',
      },
    ],
  ],
  ['PUT /zauth/restrictions/:client_id', restricted('restrict-share', ['token_transfers', ...SILENT])],
  ['POST /zauth/revoke/:client_id', withFacts(ofKey('revoke-share'), revoked)],
  ['POST /zauth/delete/:client_id', ofWallet('delete-shares')],
]);

const RECORDED = Object.entries(ACCESS_ROWS).filter(([, { rule }]) => rule !== 'anyone');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('an approved request leaves exactly its entry in the record, if it is to leave one', () => {
  it.each(RECORDED)('%s', async (route, row) => {
    const [method = ''] = route.split(' ');
    const world = await newWorld(server);
    const { answer, entries } = await recordedBy(server, () =>
      askAs(server, world, entitled(row), method, row.ask(world, client)),
    );
    expect(answer.status).toBe(row.success);
    if (LEAVE_NO_ENTRY.has(route)) {
      expect(entries).toEqual([]);
      return;
    }
    const expected = APPROVED.get(route)?.(world, answer).map((said) => entry(server, answer, said));
    expect(withoutIds(entries)).toEqual(expected);
    // One name for what is approved and what is refused. What is done along with it has a name of its own.
    expect(entries[0]?.action).toBe(declaredActions(server).get(route));
  });

  it('has a name that is a route’s, and every name that calls have is one', () => {
    const declared = declaredActions(server);
    expect([...declared.keys()].sort()).toEqual(RECORDED.map(([route]) => route).sort());
    expect([...new Set(declared.values())].sort()).toEqual([...CALLED_ACTIONS].sort());
  });

  it.each(['POST /sign/msg', 'POST /zauth/sign/txn'])(
    '%s without a token: the actor is nobody by name',
    async (route) => {
      const world = await newWorld(server);
      const row = ACCESS_ROWS[route];
      const asked = row?.ask(world, client) ?? { path: '' };
      const { answer, entries } = await recordedBy(server, () => askAs(server, world, 'anonymous', 'POST', asked));
      const expected = APPROVED.get(route)?.(world, answer).map((said) =>
        entry(server, answer, { ...said, actorId: null }),
      );
      expect(withoutIds(entries)).toEqual(expected);
    },
  );

  it('names the user key also when the server key named the split key', async () => {
    const world = await newWorld(server);
    const asked = ACCESS_ROWS['POST /sign/msg']?.ask(world, client) ?? { path: '' };
    const byServerKey = { ...asked, headers: { 'X-Peer-Public-Key': world.serverPublicKey } };
    const { entries } = await recordedBy(server, () => askAs(server, world, 'anonymous', 'POST', byServerKey));
    expect(entries).toMatchObject([{ publicKey: world.userPublicKey }]);
  });
});

describe('every entry', () => {
  it('says that hashes were believed, when they were', async () => {
    const trusting = await startTestServer({ TXN_VERIFICATION: 'trust-hash' });
    try {
      const world = await newWorld(trusting);
      const asked = ACCESS_ROWS['POST /sign/txn']?.ask(world, client) ?? { path: '' };
      const { answer } = await recordedBy(trusting, () => askAs(trusting, world, 'anonymous', 'POST', asked));
      expect(answer.status).toBe(200);
      const said = (await trusting.audit()).map(({ txnVerification }) => txnVerification);
      expect(said.length).toBeGreaterThan(3);
      expect(new Set(said)).toEqual(new Set(['trust-hash']));
    } finally {
      await trusting.stop();
    }
  });
});
