import { randomBytes } from 'node:crypto';
import { successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { foreignSplitKey, randomSecretKey, setUp } from '../support/foreign-split-key.js';
import type { ForeignSplitKey } from '../support/foreign-split-key.js';
import { mintTestToken } from '../support/tokens.js';
import type { TestServer } from '../support/test-server.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import type { WireSplitKey } from '../support/wire-types.js';

/** Everybody who may come to a route, the owner last. */
export const CALLERS = ['anonymous', 'expired token', 'stranger', 'recipient', 'owner'] as const;
export type Caller = (typeof CALLERS)[number];

/** What a request may be about: one wallet with a split key, and a split key that was set up at ZAuth. */
export interface Subject {
  readonly clientId: string;
  readonly masterKey: string;
  readonly userPublicKey: string;
  readonly serverPublicKey: string;
  /** The user's share, which the owner and the recipient have. */
  readonly userShare: string;
  readonly setUp: ForeignSplitKey;
}

/** A subject that belongs to `owner` and whose split key is shared with `recipient`. */
export interface World extends Subject {
  readonly owner: string;
  readonly recipient: string;
  readonly stranger: string;
}

let worlds = 0;

export async function newWorld(server: TestServer): Promise<World> {
  worlds += 1;
  const [owner, recipient, stranger] = [`owner-${worlds}`, `recipient-${worlds}`, `stranger-${worlds}`] as const;
  const api = server.as(owner);
  const wallet = await foreignSplitKey();
  successOf(await api.post('/store', { private_key: wallet.masterKey }), 201);
  const key = successOf<WireSplitKey>(await api.post(`/key/${wallet.clientId}`), 201);
  successOf(await api.post('/share', { public_key: key.public_key, target_user_id: recipient }));
  const elsewhere = await foreignSplitKey();
  successOf(await setUp(server.as(owner, `${server.url}/zauth`), elsewhere));
  return {
    owner,
    recipient,
    stranger,
    clientId: wallet.clientId,
    masterKey: wallet.masterKey,
    userPublicKey: key.public_key,
    serverPublicKey: key.peer_public_key,
    userShare: key.private_key,
    setUp: elsewhere,
  };
}

/** A subject that nobody has: well formed, but of no wallet and no split key. */
export async function nothing(): Promise<Subject> {
  const client = await walletClient();
  return {
    clientId: sha3(randomBytes(32)),
    masterKey: randomSecretKey(),
    userPublicKey: client.publicKeyOf(randomSecretKey()),
    serverPublicKey: client.publicKeyOf(randomSecretKey()),
    userShare: randomSecretKey(),
    setUp: await foreignSplitKey(),
  };
}

/** One request, but for who sends it. */
export interface Asked {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export async function askAs(
  server: TestServer,
  world: World,
  caller: Caller,
  method: string,
  asked: Asked,
): Promise<Answer> {
  const token = tokenOf(server, world, caller);
  return server
    .anonymous()
    .with({ ...(token === undefined ? {} : { 'X-Jwt-Token': token }), ...asked.headers })
    .send(method, asked.path, asked.body);
}

function tokenOf(server: TestServer, world: World, caller: Caller): string | undefined {
  switch (caller) {
    case 'anonymous':
      return undefined;
    case 'expired token':
      return mintTestToken(server.tokenSecret, world.owner, server.clock, -60);
    case 'stranger':
    case 'recipient':
    case 'owner':
      return server.token(world[caller]);
  }
}
