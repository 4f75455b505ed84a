import { successOf } from './api-client.js';
import type { Answer, ApiClient } from './api-client.js';
import { freshUser } from './dialects.js';
import type { VaultUser } from './dialects.js';
import { splitWallet } from './split-wallet.js';
import type { TestServer } from './test-server.js';
import type { WireSplitKey } from './wire-types.js';

/** What GET and PUT `/policy` answer, as a client sees it. */
export interface WirePolicy {
  readonly revision: number;
  readonly policy: Readonly<Record<string, unknown>>;
  readonly hash: string;
  readonly note?: string | null;
  readonly created_at: number;
  readonly created_by?: string;
  readonly limits: readonly Readonly<Record<string, unknown>>[];
  readonly exposure: Readonly<Record<string, unknown>>;
  readonly raises?: readonly string[];
}

/** Somebody with a split key of their own. */
export interface KeyOwner {
  readonly user: VaultUser;
  /** Names the split key by its server key. */
  readonly client: ApiClient;
  readonly key: WireSplitKey;
  readonly path: string;
}

export async function keyOwner(
  server: TestServer,
  terms?: { restrictions?: string[] | null; expires_at?: number },
): Promise<KeyOwner> {
  const user = freshUser(server, 'policy-owner');
  const { key } = await splitWallet(user.documented, terms);
  return { user, client: naming(user.documented, key), key, path: `/policy/${key.client_id}` };
}

export function naming(client: ApiClient, { peer_public_key: name }: WireSplitKey): ApiClient {
  return client.with({ 'X-Peer-Public-Key': name });
}

export async function readPolicy({ client, path }: KeyOwner): Promise<WirePolicy> {
  return successOf<WirePolicy>(await client.get(path));
}

/** @param replaces the revision that it follows */
export function putPolicy(
  { client, path }: KeyOwner,
  policy: object,
  replaces = 1,
  more: object = {},
): Promise<Answer> {
  return client.with({ 'If-Match': `"${replaces}"` }).put(path, { policy, ...more });
}

/** What dry runs and evaluations answer, as a client sees it. */
export interface WireEvaluation {
  readonly allowed: boolean;
  readonly revision: number | null;
  readonly rules: readonly {
    readonly rule: string;
    readonly holds: boolean;
    readonly allows: string;
    readonly asked: string;
  }[];
  readonly limits: readonly Readonly<Record<string, unknown>>[];
  readonly exposure: Readonly<Record<string, unknown>>;
  readonly raises?: readonly string[];
  readonly message: string;
}

/** The rules that do not hold. */
export function failing({ rules }: WireEvaluation): string[] {
  return rules.filter(({ holds }) => !holds).map(({ rule }) => rule);
}

/** POST `/policy/evaluate`. */
export function evaluatePolicy({ client, key }: Pick<KeyOwner, 'client' | 'key'>, body: unknown): Promise<Answer> {
  return client.post(`/policy/evaluate/${key.client_id}`, body);
}
