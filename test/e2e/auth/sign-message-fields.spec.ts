import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { CONTENT_TYPES_OF_JSON, MALFORMED_BODIES, malformedHex } from '../../support/malformed.js';
import { heldKey } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import {
  DOCUMENTED,
  expectRefusalThatSays,
  expectRefusedField,
  SDK,
  ZAUTH_DIALECTS,
  zauthWithoutToken,
} from '../../support/zauth-dialects.js';
import type { ZauthDialect } from '../../support/zauth-dialects.js';

let server: TestServer;
let key: HeldKey;
let good: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  server = await startTestServer();
  key = heldKey((await splitWallet(server.as('alice'))).key);
  const hash = sha3('a message');
  good = { hash, signature: (await walletClient()).sign(key.userShare, hash), client_id: key.clientId };
});
afterAll(() => server.stop());

const send = (dialect: ZauthDialect, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  zauthWithoutToken(server, dialect)
    .with({ 'X-Peer-Public-Key': key.userPublicKey, ...headers })
    .post('/sign/msg', body);

const NO_TEXT = [undefined, null, 1, true, [], {}, ['00'.repeat(32)]];
const NO_HEX = [...NO_TEXT, ...malformedHex(64).map(({ text }) => text)];
/** A message may have other lengths than a hash. */
const NO_MESSAGE = [...NO_TEXT, ...malformedHex(64).flatMap(({ what, text }) => (what.includes('byte') ? [] : [text]))];

describe.each(ZAUTH_DIALECTS)('POST /sign/msg in the $dialect dialect', (dialect) => {
  it.each([
    ['hash', NO_MESSAGE],
    ['signature', NO_HEX],
    ['client_id', NO_HEX],
  ] as const)('refuses a malformed %s and names it', async (field, malformed) => {
    for (const value of malformed) expectRefusedField(dialect, await send(dialect, { ...good, [field]: value }), field);
  });

  it('refuses a malformed X-Peer-Public-Key and names it', async () => {
    for (const { text } of malformedHex(128).filter(({ text: value }) => /^[\x21-\x7e]+$/.test(value))) {
      expectRefusedField(dialect, await send(dialect, good, { 'X-Peer-Public-Key': text }), 'X-Peer-Public-Key');
    }
  });

  it.each(MALFORMED_BODIES)('refuses $what for a body', async ({ body }) => {
    expectRefusalThatSays(dialect, await send(dialect, body), 'REQUEST.MALFORMED_JSON', 'the body ');
  });

  it('refuses a field that comes twice', async () => {
    const twice = JSON.stringify(good).replace('{', `{"hash":"${sha3('another message')}",`);
    expectRefusalThatSays(
      dialect,
      await send(dialect, twice),
      'REQUEST.MALFORMED_JSON',
      'the body has the same key twice',
    );
  });

  it.each(['', ' \n'])('refuses the empty body %j', async (body) => {
    const answer = await send(dialect, body, { 'Content-Type': 'application/json' });
    expectRefusalThatSays(dialect, answer, 'REQUEST.MALFORMED_JSON', 'the body is empty');
  });

  it.each(CONTENT_TYPES_OF_JSON)('reads JSON sent as $what', async ({ headers }) => {
    successOf(await send(dialect, JSON.stringify(good), headers));
  });

  it.each(['json', 'undefined', '', ';', 'application', 'text/plain; charset', 'a b/c'])(
    'reads JSON sent as "%s", which is no media type',
    async (contentType) => {
      successOf(await send(dialect, JSON.stringify(good), { 'Content-Type': contentType }));
    },
  );

  it('reads JSON sent with no Content-Type at all', async () => {
    successOf(await send(dialect, new TextEncoder().encode(JSON.stringify(good))));
  });
});

describe('a field that POST /sign/msg does not know', () => {
  const unknown = { version: '1.0' };

  it('is refused in the documented API, without repeating it', async () => {
    const problem = problemOf(await send(DOCUMENTED, { ...good, ...unknown }));
    expect(problem).toMatchObject({ code: 'REQUEST.UNKNOWN_FIELD' });
    expect(JSON.stringify(problem)).not.toContain('version');
  });

  it('is ignored in the SDK dialect, where old clients send such', async () => {
    successOf(await send(SDK, { ...good, ...unknown }));
  });
});
