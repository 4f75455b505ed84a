import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { successOf } from '../support/api-client.js';
import type { Answer, ApiClient } from '../support/api-client.js';
import { freshUser } from '../support/dialects.js';
import type { VaultUser } from '../support/dialects.js';
import { entriesOf } from '../support/paged-lists.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';

let server: TestServer;
let alice: VaultUser;
let bob: VaultUser;
let clientId: string;
let keys: WireSplitKey[];
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
/** Five split keys lent to bob: the second is revoked and the fourth has expired. */
beforeEach(async () => {
  alice = freshUser(server, 'alice');
  bob = freshUser(server, 'bob');
  ({ client_id: clientId } = successOf<WireWallet>(await alice.documented.post('/wallet'), 201));
  keys = [];
  for (let n = 0; n < 5; n += 1) {
    const terms = n === 3 ? { expires_at: server.clock.nowSeconds() + 60 } : {};
    const key = successOf<WireSplitKey>(await alice.documented.post(`/key/${clientId}`, terms), 201);
    successOf(await alice.documented.post('/share', { public_key: key.public_key, target_user_id: bob.id }));
    keys.push(key);
  }
  successOf(await alice.documented.post(`/revoke/${clientId}`, { public_key: keys[1]?.public_key }));
  server.clock.advanceSeconds(60);
});

/** What docs/record.md says, of those whose user share the answer really shows. */
function shownIn(answer: Answer): unknown {
  const shown = entriesOf(answer).filter(({ private_key: share }) => share !== '');
  const lines = shown.map(({ public_key: key }) => `${key}\n`).sort();
  return { keys: shown.length, digest: createHash('sha256').update(lines.join('')).digest('hex') };
}

async function lastFacts(): Promise<unknown> {
  const { facts } = (await server.audit()).at(-1) ?? {};
  return typeof facts === 'string' ? JSON.parse(facts) : facts;
}

const LISTS: readonly [string, () => ApiClient, () => string][] = [
  ['list-keys', () => alice.documented, () => `/keys/${clientId}`],
  ['list-keys in the SDK dialect', () => alice.sdk, () => `/keys/${clientId}`],
  ['list-shared', () => bob.documented, () => '/wallets/shared'],
  ['list-shared in the SDK dialect', () => bob.sdk, () => '/wallets/shared'],
];

describe.each(LISTS)('the entry of %s', (_, client, path) => {
  it('says how many user shares were shown, and has a digest of their keys: the live ones', async () => {
    const answer = await client().get(path());
    expect(entriesOf(answer)).toHaveLength(5);
    expect(shownIn(answer)).toMatchObject({ keys: 3 });
    expect(await lastFacts()).toEqual({ shown: shownIn(answer) });
  });

  it('is one for each page, of what that page shows', async () => {
    const pages: number[] = [];
    for (let query: string | undefined = '?limit=2'; query !== undefined;) {
      const answer: Answer = await client().get(`${path()}${query}`);
      expect(await lastFacts()).toEqual({ shown: shownIn(answer) });
      pages.push(entriesOf(answer).filter(({ private_key: share }) => share !== '').length);
      query = /^<(\?[^>]+)>/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(pages).toEqual([1, 1, 1]);
  });

  it('says nothing where no user share is shown', async () => {
    await client().get(`${path()}?shares=none`);
    expect(await lastFacts()).toBeNull();
  });
});
