import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newWorld, nothing } from '../safety/access-world.js';
import type { World } from '../safety/access-world.js';
import { successOf } from '../support/api-client.js';
import type { Answer, ApiClient } from '../support/api-client.js';
import { setUpBody } from '../support/foreign-split-key.js';
import type { RecordedEntry } from '../support/recorded-entry.js';
import { sendMessage, signMessage, signTransaction } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { hashOf, transfer } from '../support/transactions.js';
import type { TestTransaction } from '../support/transactions.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import type { WireSplitKey } from '../support/wire-types.js';
import { decidedBy, entry, factsOfMessage, factsOfTransfer, recordedBy, withoutIds } from './new-entries.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const HASH = sha3('refused');
const held = ({ clientId, userShare, userPublicKey }: World): HeldKey => ({ clientId, userShare, userPublicKey });

interface Refused {
  readonly what: string;
  readonly action: string;
  readonly code: string;
  readonly ask: (owner: ApiClient, world: World) => Promise<Answer>;
  /** What the entry says beside action, code and the owner as actor. */
  readonly said?: (world: World) => Partial<RecordedEntry>;
}

const aboutWallet = ({ clientId }: World): Partial<RecordedEntry> => ({ clientId });
const named = (api: ApiClient, { userPublicKey }: World): ApiClient => api.with({ 'X-Peer-Public-Key': userPublicKey });

/** Refusals of somebody with a valid token. */
const WITH_TOKEN: readonly Refused[] = [
  {
    what: 'a body that is no JSON',
    action: 'restrict-key',
    code: 'REQUEST.MALFORMED_JSON',
    ask: (owner, world) => named(owner, world).put(`/restrictions/${world.clientId}`, '{'),
    said: ({ clientId, userPublicKey }) => ({ clientId, publicKey: userPublicKey }),
  },
  {
    what: 'a field too many',
    action: 'split-key',
    code: 'REQUEST.UNKNOWN_FIELD',
    ask: (owner, { clientId }) => owner.post(`/key/${clientId}`, { restriction: [] }),
    said: aboutWallet,
  },
  {
    what: 'a malformed client id, which is not copied',
    action: 'list-keys',
    code: 'REQUEST.INVALID_FIELD',
    ask: (owner) => owner.get('/keys/not-a-client-id'),
  },
  {
    what: 'a missing header',
    action: 'read-restrictions',
    code: 'REQUEST.MISSING_HEADER',
    ask: (owner) => owner.get('/restrictions'),
  },
  {
    what: 'an unknown wallet',
    action: 'delete-wallet',
    code: 'WALLET.UNKNOWN',
    ask: (owner, { setUp }) => owner.post(`/delete/${setUp.clientId}`),
    said: ({ setUp }) => ({ clientId: setUp.clientId }),
  },
  {
    what: 'an unknown split key',
    action: 'revoke-key',
    code: 'SPLIT_KEY.UNKNOWN',
    ask: (owner, { clientId, setUp }) => owner.post(`/revoke/${clientId}`, { public_key: setUp.userPublicKey }),
    said: aboutWallet,
  },
  {
    what: 'a share to oneself',
    action: 'share-key',
    code: 'SHARE.TO_ONESELF',
    ask: (api, { userPublicKey, owner }) => api.post('/share', { public_key: userPublicKey, target_user_id: owner }),
  },
  {
    what: 'an unknown group',
    action: 'restrict-key',
    code: 'RESTRICTION.UNKNOWN_GROUP',
    ask: (owner, world) => named(owner, world).put(`/restrictions/${world.clientId}`, { restrictions: ['everything'] }),
    said: ({ clientId, userPublicKey }) => ({ clientId, publicKey: userPublicKey }),
  },
  {
    what: 'keys that do not belong together',
    action: 'set-up',
    code: 'SETUP.INCONSISTENT',
    ask: async (owner, { setUp }) =>
      owner.post('/zauth/setup', setUpBody(setUp, { private_key: (await nothing()).userShare })),
  },
  {
    what: "the set-up of another's split key",
    action: 'set-up',
    code: 'SETUP.REFUSED',
    ask: (_, { setUp, stranger }) => server.as(stranger).post('/zauth/setup', setUpBody(setUp)),
    said: ({ stranger }) => ({ actorId: stranger }),
  },
  {
    what: 'a wrong partial signature that comes with a token',
    action: 'sign-message',
    code: 'SIGNING.PARTIAL_INVALID',
    ask: async (owner, world) =>
      sendMessage(owner, held(world), HASH, (await walletClient()).sign(world.setUp.userShare, HASH)),
    said: ({ userPublicKey }) => ({ publicKey: userPublicKey }),
  },
  {
    what: 'an unknown split key to sign with, named with a token',
    action: 'sign-message',
    code: 'SPLIT_KEY.UNKNOWN',
    ask: async (owner, world) => signMessage(owner, { ...held(world), clientId: (await nothing()).clientId }, HASH),
    said: ({ userPublicKey }) => ({ publicKey: userPublicKey }),
  },
];

describe('a refused request with a token leaves exactly its entry', () => {
  it.each(WITH_TOKEN)('$what: $code', async ({ action, code, ask, said }) => {
    const world = await newWorld(server);
    const { answer, entries } = await recordedBy(server, () => ask(server.as(world.owner), world));
    expect(withoutIds(entries)).toEqual([
      entry(server, answer, { action, outcome: 'denied', code, actorId: world.owner, ...said?.(world) }),
    ]);
  });
});

interface RefusedHolder {
  readonly code: string;
  readonly kind: 'message' | 'transaction';
  /** Sent as the hash of a transaction in place of the right one. */
  readonly wrongHash?: string;
  readonly prepare: (owner: ApiClient, world: World) => Promise<unknown>;
  readonly facts: (transaction: TestTransaction) => string;
}

/** The list was written once, after the key was made. */
const byTheList = (group: string): object => decidedBy(2, { operations: [group] });

/** Refusals of the holder of the user share, without a token. */
const HOLDERS: readonly RefusedHolder[] = [
  {
    code: 'SPLIT_KEY.REVOKED',
    kind: 'message',
    prepare: async (owner, { clientId, userPublicKey }) =>
      successOf(await owner.post(`/revoke/${clientId}`, { public_key: userPublicKey })),
    facts: () => factsOfMessage(),
  },
  {
    code: 'SIGNING.NOT_ALLOWED',
    kind: 'message',
    prepare: async (owner, world) =>
      successOf(
        await named(owner, world).put(`/restrictions/${world.clientId}`, { restrictions: ['token_transfers'] }),
      ),
    facts: () =>
      factsOfMessage({
        ...byTheList('token_transfers'),
        refused_by: { reason: 'messages-not-allowed', rule: 'messages' },
      }),
  },
  {
    code: 'SIGNING.NOT_ALLOWED',
    kind: 'transaction',
    prepare: async (owner, world) =>
      successOf(
        await named(owner, world).put(`/restrictions/${world.clientId}`, { restrictions: ['message_signing'] }),
      ),
    facts: (transaction) =>
      factsOfTransfer(transaction, {
        ...byTheList('message_signing'),
        refused_by: { reason: 'outside-restrictions', rule: 'operations' },
      }),
  },
  {
    code: 'TRANSACTION.HASH_MISMATCH',
    kind: 'transaction',
    wrongHash: HASH,
    prepare: () => Promise.resolve(),
    facts: () => JSON.stringify(decidedBy(1)),
  },
];

describe('a refusal of somebody whose partial signature verifies leaves exactly its entry', () => {
  it.each(HOLDERS)('$code of a $kind', async ({ code, kind, wrongHash, prepare, facts }) => {
    const world = await newWorld(server);
    await prepare(server.as(world.owner), world);
    const transaction = transfer({ client_id: world.clientId, client_key: '' });
    const signedHash = kind === 'message' ? HASH : (wrongHash ?? hashOf(transaction));
    const { answer, entries } = await recordedBy(server, () =>
      kind === 'message'
        ? signMessage(server.anonymous(), held(world), signedHash)
        : signTransaction(server.anonymous(), held(world), transaction, signedHash),
    );
    const about = {
      clientId: world.clientId,
      publicKey: world.userPublicKey,
      signedHash,
      facts: facts(transaction),
    };
    expect(withoutIds(entries)).toEqual([
      entry(server, answer, { action: `sign-${kind}`, outcome: 'denied', code, ...about }),
    ]);
  });

  it('SPLIT_KEY.EXPIRED of a message', async () => {
    const world = await newWorld(server);
    const key = successOf<WireSplitKey>(
      await server.as(world.owner).post(`/key/${world.clientId}`, { expires_at: server.clock.nowSeconds() + 10 }),
      201,
    );
    const facts = factsOfMessage(decidedBy(1, { expires_at: server.clock.nowSeconds() + 10 }));
    server.clock.advanceSeconds(10);
    const expired = { clientId: world.clientId, userShare: key.private_key, userPublicKey: key.public_key };
    const { answer, entries } = await recordedBy(server, () => signMessage(server.anonymous(), expired, HASH));
    const about = { clientId: world.clientId, publicKey: key.public_key, signedHash: HASH, facts };
    expect(withoutIds(entries)).toEqual([
      entry(server, answer, { action: 'sign-message', outcome: 'denied', code: 'SPLIT_KEY.EXPIRED', ...about }),
    ]);
  });
});
