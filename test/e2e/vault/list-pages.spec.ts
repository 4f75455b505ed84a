import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { freshUser, refusedInBothDialects, VAULT_DIALECTS } from '../../support/dialects.js';
import { placeKeys } from '../../support/many-keys.js';
import { entriesOf, LISTS, namesOf, nextOf, pagesOf, withFive } from '../../support/paged-lists.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import type { WireWallet } from '../../support/wire-types.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(LISTS)('%s', (_, make) => {
  it.each(VAULT_DIALECTS)(
    'is read in pages by its Link in the $dialect dialect, the same as whole',
    async ({ dialect }) => {
      const { user, path, names } = await withFive(server, make);
      const whole = await user[dialect].get(path);
      expect(namesOf(whole)).toStrictEqual(names);
      expect(whole.headers.get('link')).toBeNull();
      for (const limit of [1, 2, 5, 6, 1000]) {
        const pages = await pagesOf(user[dialect], `${path}?limit=${limit}`);
        expect(pages.flatMap(entriesOf)).toStrictEqual(entriesOf(whole));
        expect(pages.map((page) => namesOf(page).length)).toStrictEqual(
          Array.from({ length: Math.ceil(5 / limit) }, (__, page) => Math.min(limit, 5 - page * limit)),
        );
      }
    },
  );

  it('repeats and skips nothing when entries are added between the pages', async () => {
    const list = await withFive(server, make);
    const added: string[] = [];
    const pages = await pagesOf(list.user.documented, `${list.path}?limit=2`, async () => {
      if (added.length < 3) added.push(await list.add());
    });
    expect(pages.flatMap(namesOf)).toStrictEqual([...list.names, ...added]);
  });

  it('leaves user shares out on demand, also on the pages that follow', async () => {
    const { user, path, names } = await withFive(server, make);
    const whole = entriesOf(await user.documented.get(path));
    const pages = await pagesOf(user.documented, `${path}?shares=none&limit=2`);
    expect(pages).toHaveLength(3);
    expect(pages.flatMap(entriesOf)).toStrictEqual(whole.map((entry) => ({ ...entry, private_key: '' })));
    expect(pages.flatMap(namesOf)).toStrictEqual(names);
  });

  it('takes its own cursors only, and from its own user only', async () => {
    const [{ user, path }, other] = [await withFive(server, make), freshUser(server, 'mallory')];
    const next = nextOf(await user.documented.get(`${path}?limit=2`), path) ?? '';
    const cursor = new URL(next, 'http://service.example').searchParams.get('cursor') ?? '';
    expect(cursor).toMatch(/^[\w-]{40,}$/);
    const foreign = ['/wallets', '/wallets/shared', `/keys/${'7'.repeat(64)}`].filter((there) => there !== path);
    const asks = [
      ...foreign.map((there) => [user, `${there}?cursor=${cursor}`] as const),
      [other, `${path}?cursor=${cursor}`] as const,
      ...['', 'x', '0', `${cursor}A`, cursor.slice(1), `${cursor.slice(0, -2)}==`, 'é'.repeat(20)].map(
        (text) => [user, `${path}?cursor=${encodeURIComponent(text)}`] as const,
      ),
    ];
    for (const [asker, ask] of asks) {
      const problem = await refusedInBothDialects(asker, (client) => client.get(ask));
      expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field: 'cursor' });
    }
  });

  it('answers a HEAD with the same Link and no entry', async () => {
    const { user, path } = await withFive(server, make);
    const head = await user.documented.send('HEAD', `${path}?limit=2`);
    expect([head.status, head.text]).toStrictEqual([200, '']);
    expect(head.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(head.headers.get('link')).toMatch(/^<\?limit=2&cursor=[\w-]+>; rel="next"$/);
  });
});

describe('a list without limit', () => {
  it('has at most 1,000 entries and a Link in the documented API, and all of them in the SDK dialect', async () => {
    const user = freshUser(server, 'alice');
    const { client_id: id } = successOf<WireWallet>(await user.documented.post('/wallet'), 201);
    const placed = (await placeKeys(server, user.id, id, 1001)).map(({ public_key: name }) => name);
    const pages = await pagesOf(user.documented, `/keys/${id}`);
    expect(pages.map((page) => entriesOf(page).length)).toStrictEqual([1000, 1]);
    expect(pages.flatMap(namesOf)).toStrictEqual(placed);
    expect(pages[0]?.headers.get('link')).toMatch(/^<\?cursor=[\w-]+>; rel="next"$/);
    const whole = await user.sdk.get(`/keys/${id}`);
    expect(namesOf(whole)).toStrictEqual(placed);
    expect(whole.headers.get('link')).toBeNull();
  });
});

describe('a cursor of GET /wallets/shared', () => {
  it('tells nothing of the wallets that the keys are of', async () => {
    const [owner, bob] = [freshUser(server, 'alice'), freshUser(server, 'bob')];
    const { client_id: id } = successOf<WireWallet>(await owner.documented.post('/wallet'), 201);
    await placeKeys(server, owner.id, id, 2, bob.id);
    const next = nextOf(await bob.documented.get('/wallets/shared?limit=1'), '/wallets/shared') ?? '';
    const cursor = new URL(next, 'http://service.example').searchParams.get('cursor') ?? '';
    const rows = await server
      .dataSource()
      .query<{ id: string }[]>('SELECT id FROM vault_wallets WHERE owner_id = ?', [owner.id]);
    const [wallet] = rows;
    expect(wallet?.id).toHaveLength(36);
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain(wallet?.id.slice(0, 8));
  });
});
