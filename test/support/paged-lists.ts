import { successOf } from './api-client.js';
import type { Answer, ApiClient } from './api-client.js';
import { freshUser, userNamed } from './dialects.js';
import type { VaultUser } from './dialects.js';
import type { TestServer } from './test-server.js';
import type { WireSplitKey, WireWallet } from './wire-types.js';

/** What tells one entry from another. */
export type Entry = Pick<WireSplitKey, 'public_key' | 'private_key' | 'client_id' | 'is_revoked'>;

/** One of the three lists of ZVault, of somebody. */
export interface List {
  readonly user: VaultUser;
  readonly path: string;
  /** Adds one more entry at the end, and says by which public key it is known. */
  readonly add: () => Promise<string>;
}

export function entriesOf(answer: Answer): Entry[] {
  const shown = successOf<Entry[] | { keys: Entry[] }>(answer);
  return Array.isArray(shown) ? shown : shown.keys;
}
export const namesOf = (answer: Answer): string[] => entriesOf(answer).map(({ public_key: name }) => name);

/** The address of the next page, as a client resolves it. */
export function nextOf(answer: Answer, path: string): string | undefined {
  const link = answer.headers.get('link');
  if (link === null) return undefined;
  const [, reference = ''] = /^<([^>]+)>; rel="next"$/.exec(link) ?? [];
  const url = new URL(reference, `http://service.example${path}`);
  return `${url.pathname}${url.search}`;
}

/** Every page of a list, from `path` on along its Links. */
export async function pagesOf(
  client: ApiClient,
  path: string,
  between = (): Promise<unknown> => Promise.resolve(),
): Promise<Answer[]> {
  const pages: Answer[] = [];
  for (let next: string | undefined = path; next !== undefined; await between()) {
    const page = await client.get(next);
    pages.push(page);
    next = nextOf(page, next);
  }
  return pages;
}

/** Makes somebody with an empty list. */
export type MakeList = (server: TestServer) => Promise<List>;

const splitKeys: MakeList = async (server) => {
  const user = freshUser(server, 'alice');
  const { client_id: id } = successOf<WireWallet>(await user.documented.post('/wallet'), 201);
  const add = async (): Promise<string> =>
    successOf<WireSplitKey>(await user.documented.post(`/key/${id}`), 201).public_key;
  return { user, path: `/keys/${id}`, add };
};

const wallets: MakeList = (server) => {
  const user = freshUser(server, 'alice');
  const add = async (): Promise<string> => {
    server.clock.advanceSeconds(1);
    return successOf<WireWallet>(await freshly(server, user).documented.post('/wallet'), 201).client_key;
  };
  return Promise.resolve({ user, path: '/wallets', add });
};

const sharedKeys: MakeList = (server) => {
  const [user, owner] = [freshUser(server, 'bob'), freshUser(server, 'alice')];
  const add = async (): Promise<string> => {
    server.clock.advanceSeconds(1);
    const { client_id: id } = successOf<WireWallet>(await freshly(server, owner).documented.post('/wallet'), 201);
    const key = successOf<WireSplitKey>(await freshly(server, owner).documented.post(`/key/${id}`), 201);
    const lent = { public_key: key.public_key, target_user_id: user.id };
    successOf(await freshly(server, owner).documented.post('/share', lent));
    return key.public_key;
  };
  return Promise.resolve({ user, path: '/wallets/shared', add });
};

/** The three lists, filled by the calls that make their entries. */
export const LISTS: readonly [string, MakeList][] = [
  ['GET /keys/:client_id', splitKeys],
  ['GET /wallets', wallets],
  ['GET /wallets/shared', sharedKeys],
];

/** The same user with tokens of now: the clock has moved on. */
const freshly = (server: TestServer, { id }: VaultUser): VaultUser => userNamed(server, id);

/** A list with five entries, and their names. */
export async function withFive(server: TestServer, make: MakeList): Promise<List & { names: string[] }> {
  const list = await make(server);
  const names: string[] = [];
  for (let made = 0; made < 5; made++) names.push(await list.add());
  return { ...list, user: freshly(server, list.user), names };
}
