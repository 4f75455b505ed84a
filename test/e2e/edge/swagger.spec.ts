import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { LISTED } from '../../support/dialects.js';
import { executeAsShown, sampleOf } from '../../support/openapi-document.js';
import type { OpenApiDocument } from '../../support/openapi-document.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { walletClient } from '../../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

let server: TestServer;
let document: OpenApiDocument;
beforeAll(async () => {
  server = await startTestServer();
  document = successOf<OpenApiDocument>(await server.anonymous().get('/openapi.json'));
});
afterAll(() => server.stop());

/** The example that the document gives for the success of a call. */
function documentedAnswer(method: string, path: string, status = 200): unknown {
  const content = document.paths[path]?.[method.toLowerCase()]?.responses[String(status)]?.content;
  const schema = content?.['application/json']?.schema;
  if (schema === undefined) throw new Error(`${method} ${path} documents no answer`);
  return sampleOf(document, schema);
}

type Replaced = Readonly<Record<'policy' | 'exposure', object>> & { readonly revision: number };

/** Fails the test unless the answer has exactly the documented fields. */
function expectDocumentedFields(answer: object, documented: unknown): void {
  expect(Object.keys(answer).sort()).toEqual(Object.keys(documented as object).sort());
}

describe.each([
  ['X-Jwt-Token', (token: string) => ({ 'X-Jwt-Token': token })],
  ['a bearer token', (token: string) => ({ Authorization: `Bearer ${token}` })],
])('somebody who presses Authorize with %s and then Execute, changing nothing', (scheme, headersWith) => {
  const execute = (method: string, path: string, pasted?: Readonly<Record<string, string>>): Promise<Answer> =>
    executeAsShown(client(), document, method, path, pasted);
  // ZAuth lets nobody set up what another has set up, so it is one person who comes back.
  const client = (): ApiClient => server.anonymous().with(headersWith(server.token('swagger-user')));

  it(`stores the example wallet, splits it and lists it (${scheme})`, async () => {
    const wallet = successOf<WireWallet>(await execute('POST', '/store'), 201);
    expectDocumentedFields(wallet, documentedAnswer('POST', '/store', 201));
    const split = successOf<WireSplitKey>(await execute('POST', '/key/{client_id}'), 201);
    expectDocumentedFields(split, documentedAnswer('POST', '/key/{client_id}', 201));
    expect(split.client_id).toBe(wallet.client_id);
    const { keys } = successOf<{ keys: WireSplitKey[] }>(await execute('GET', '/keys/{client_id}'));
    expect({ ...split, ...LISTED.documented }).toMatchObject(keys.at(-1) ?? {});
    const pasted = { 'X-Peer-Public-Key': split.peer_public_key };
    expect(successOf(await execute('GET', '/key/{client_id}', pasted))).toStrictEqual(
      documentedAnswer('GET', '/key/{client_id}'),
    );
    expect(successOf(await execute('GET', '/restrictions', pasted))).toStrictEqual(
      documentedAnswer('GET', '/restrictions'),
    );
    expect(successOf(await execute('PUT', '/restrictions/{client_id}', pasted))).toStrictEqual({});
    const frozen = successOf<object>(await execute('POST', '/freeze/{client_id}'));
    expectDocumentedFields(frozen, documentedAnswer('POST', '/freeze/{client_id}'));
    const thawed = successOf<object>(await execute('POST', '/thaw/{client_id}'));
    expect(thawed).toStrictEqual({ client_id: wallet.client_id, frozen: false });
  });

  it(`sets up the example split key and signs with it, and gets the documented answers (${scheme})`, async () => {
    const shown = (method: string, path: string): unknown => documentedAnswer(method, path);
    expect(successOf(await execute('POST', '/zauth/setup'))).toStrictEqual(shown('POST', '/zauth/setup'));
    expect(successOf(await execute('POST', '/sign/msg'))).toStrictEqual(shown('POST', '/sign/msg'));
    expect(successOf(await execute('POST', '/sign/txn'))).toStrictEqual(shown('POST', '/sign/txn'));
    const read = await execute('GET', '/policy/{client_id}');
    expectDocumentedFields(successOf(read), shown('GET', '/policy/{client_id}'));
    // A split key that was set up before goes on counting its revisions.
    const pasted = { 'If-Match': read.headers.get('etag') ?? '' };
    const replaced = successOf<Replaced>(await execute('PUT', '/policy/{client_id}', pasted));
    const documented = shown('PUT', '/policy/{client_id}') as Replaced;
    expectDocumentedFields(replaced, documented);
    expectDocumentedFields(replaced.exposure, sampleOf(document, { $ref: '#/components/schemas/ExposureDocument' }));
    expect(replaced.policy).toStrictEqual(documented.policy);
    const evaluated = successOf<{ allowed: boolean }>(await execute('POST', '/policy/evaluate/{client_id}'));
    expectDocumentedFields(evaluated, shown('POST', '/policy/evaluate/{client_id}'));
    expect(evaluated.allowed).toBe(true);
    const simulated = successOf<{ judged: number }>(await execute('POST', '/policy/simulate/{client_id}'));
    expectDocumentedFields(simulated, shown('POST', '/policy/simulate/{client_id}'));
    expect(simulated.judged).toBeGreaterThanOrEqual(2);
    expect(successOf(await execute('GET', '/policy/{client_id}/revisions'))).toHaveLength(replaced.revision);
    expect(successOf(await execute('PUT', '/zauth/restrictions/{client_id}'))).toStrictEqual({ result: 'success' });
    expect(successOf(await execute('POST', '/zauth/revoke/{client_id}'))).toStrictEqual({ result: 'success' });
    expect(successOf(await execute('POST', '/zauth/delete/{client_id}'))).toStrictEqual({ result: 'success' });
  });

  it(`runs every other call whose example can stand in a document (${scheme})`, async () => {
    for (const [method, path, status] of [
      ['POST', '/wallet', 201],
      ['GET', '/wallets', 200],
      ['GET', '/wallets/shared', 200],
      ['GET', '/restrictions/catalogue', 200],
      ['GET', '/policy/templates', 200],
      ['GET', '/audit/checkpoint', 200],
      ['GET', '/audit', 200],
      ['GET', '/audit/key', 200],
      ['GET', '/audit/{entry}/proof', 404],
      ['POST', '/zvault/generate', 200],
      ['POST', '/zvault/generate/{client_id}', 200],
      ['POST', '/delete/{client_id}', 200],
      ['GET', '/health/live', 200],
      ['GET', '/health/ready', 200],
      ['GET', '/metrics', 200],
    ] as const) {
      expect([path, (await execute(method, path)).status]).toEqual([path, status]);
    }
  });
});

describe('the documented forms of POST /store', () => {
  it('run as they stand, in the order of the forms, and are of one wallet', async () => {
    const media = document.paths['/store']?.['post']?.requestBody?.content['application/json'];
    const examples = Object.values(media?.examples ?? {}).map(({ value }) => value);
    const forms = (media?.schema.oneOf ?? []).map((form) => sampleOf(document, form));
    expect([examples.length, forms.length]).toEqual([3, 3]);
    const stored = [];
    for (const body of [...examples, ...forms]) {
      stored.push(successOf<WireWallet>(await server.as('swagger-importer').post('/store', body), 201));
    }
    expect(new Set(stored.map(({ client_id: clientId }) => clientId)).size).toBe(1);
  });
});

describe('the documented signatures', () => {
  it('verify under the documented client key', async () => {
    const client = await walletClient();
    const setUp = sampleOf(document, { $ref: '#/components/schemas/SetUpBody' }) as { client_key: string };
    const message = sampleOf(document, { $ref: '#/components/schemas/SignMessageBody' }) as { hash: string };
    const transaction = sampleOf(document, { $ref: '#/components/schemas/TransactionBody' }) as { hash: string };
    const { sig } = documentedAnswer('POST', '/sign/msg') as { sig: string };
    expect(client.verify(setUp.client_key, message.hash, sig)).toBe(true);
    expect(client.verify(setUp.client_key, transaction.hash, documentedAnswer('POST', '/sign/txn') as string)).toBe(
      true,
    );
  });
});

describe('/docs', () => {
  it('is Swagger UI with everything that its page asks for, from here and nowhere else', async () => {
    const page = await server.anonymous().get('/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      const url = new URL(asset, `${server.url}/docs`);
      expect(url.origin).toBe(server.url);
      const answer = await server.anonymous('').get(url.href);
      expect([asset, answer.status]).toEqual([asset, 200]);
      expect(answer.headers.get('content-type')).toMatch(typeOf(url.pathname));
    }
  });

  it('works under its own content security policy: no script stands in the page itself', async () => {
    const { text, headers } = await server.anonymous().get('/docs');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("script-src-attr 'none'");
    for (const [, attributes = '', content = ''] of text.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
      expect(attributes).toContain('src=');
      expect(content.trim()).toBe('');
    }
    expect(text).not.toMatch(/<[a-z]+[^>]* on[a-z]+=/i);
    expect(text).not.toContain('javascript:');
  });

  it('shows this very document, and keeps the token over a reload', async () => {
    const { text } = await server.anonymous().get('/docs/swagger-ui-init.js');
    expect(text).toContain('"operationId": "sign-transaction"');
    expect(text).toContain('"persistAuthorization": true');
  });
});

function typeOf(path: string): RegExp {
  if (path.endsWith('.css')) return /^text\/css/;
  return path.endsWith('.png') ? /^image\/png/ : /^application\/javascript/;
}
