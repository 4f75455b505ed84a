import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { MALFORMED_BODIES, malformedHex } from '../../support/malformed.js';
import { heldKey, sendTransaction } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { bodyOf, hashOf, transfer } from '../../support/transactions.js';
import { walletClient } from '../../support/wallet-client.js';
import type { WireSplitKey } from '../../support/wire-types.js';
import {
  expectRefusalThatSays,
  expectRefusedField,
  ZAUTH_DIALECTS,
  zauthWithoutToken,
} from '../../support/zauth-dialects.js';
import type { ZauthDialect } from '../../support/zauth-dialects.js';

let server: TestServer;
let key: WireSplitKey;
let good: string;
beforeAll(async () => {
  server = await startTestServer();
  ({ key } = await splitWallet(server.as('alice')));
  const pay = transfer(key);
  good = bodyOf(pay, (await walletClient()).sign(key.private_key, hashOf(pay)));
});
afterAll(() => server.stop());

const send = (dialect: ZauthDialect, body: string | Uint8Array): Promise<Answer> =>
  zauthWithoutToken(server, dialect).with({ 'X-Peer-Public-Key': key.public_key }).post('/sign/txn', body);

/** The good body with one field written otherwise, as JSON text; without it when the text is undefined. */
function withField(field: string, text: string | undefined): string {
  const member = new RegExp(`"${field}":("(?:[^"\\\\]|\\\\.)*"|[^,}]*)(,|(?=}))`);
  return good.replace(member, (_, __, comma: string) => (text === undefined ? '' : `"${field}":${text}${comma}`));
}

const NO_TEXT = ['1', 'true', '[]', '{}'];
const NO_HEX = [...NO_TEXT, 'null', undefined, ...malformedHex(64).map(({ text }) => JSON.stringify(text))];
const NO_NUMBER = [
  'true',
  '[]',
  '{}',
  '"1"',
  '""',
  '-1',
  '-0',
  '1.0',
  '0.5',
  '1e3',
  '1E0',
  '1e-1',
  '10e18446744073709551615',
];
const NO_INTEGER = ['null', ...NO_NUMBER];
const BEYOND_UINT64 = ['18446744073709551616', '99999999999999999999', '1'.repeat(5000)];
const BEYOND_INT64 = ['9223372036854775808', ...BEYOND_UINT64];

const MALFORMED: readonly (readonly [string, readonly (string | undefined)[]])[] = [
  ['hash', NO_HEX],
  ['client_id', [...NO_HEX, `"${'A'.repeat(64)}"`]],
  ['signature', [...NO_HEX]],
  ['to_client_id', [...NO_TEXT, `"${'A'.repeat(64)}"`, '"a:10"', `"${'a'.repeat(64)}:10"`, `" ${'a'.repeat(64)}"`]],
  ['transaction_data', [...NO_TEXT, 'null', undefined, String.raw`"\ud800"`, String.raw`"a\udc00b"`]],
  ['transaction_value', [...NO_INTEGER, undefined, ...BEYOND_UINT64]],
  ['transaction_fee', [...NO_NUMBER, ...BEYOND_UINT64]],
  ['transaction_nonce', [...NO_INTEGER, undefined, ...BEYOND_INT64]],
  ['creation_date', [...NO_NUMBER, ...BEYOND_INT64]],
  ['transaction_type', [...NO_INTEGER, undefined, ...BEYOND_INT64]],
  ['version', NO_TEXT],
  ['public_key', NO_TEXT],
  ['txn_output_hash', NO_TEXT],
  ['transaction_status', ['"0"', 'true', '[]', '{}']],
];

describe.each(ZAUTH_DIALECTS)('POST /sign/txn in the $dialect dialect', (dialect) => {
  it.each(MALFORMED)('refuses a malformed %s and names it', async (field, texts) => {
    for (const text of texts) expectRefusedField(dialect, await send(dialect, withField(field, text)), field);
  });

  it.each(['01', '+1', '.5', '1.', '0x10', 'NaN', 'Infinity', '1_000', "'1'"])(
    'refuses the number %s, which is no JSON',
    async (text) => {
      expectRefusedField(dialect, await send(dialect, withField('transaction_value', text)), 'body');
    },
  );

  it.each(['hash', 'client_id', 'to_client_id', 'transaction_value', 'transaction_type', 'signature', 'version'])(
    'refuses %s twice, whichever comes first',
    async (field) => {
      const [member = ''] = new RegExp(`"${field}":("[^"]*"|[0-9]+)`).exec(good) ?? [];
      for (const twice of [good.replace('{', `{${member},`), good.replace(/}$/, `,${member}}`)]) {
        expectRefusedField(dialect, await send(dialect, twice), 'body');
      }
    },
  );

  it.each(MALFORMED_BODIES)('refuses $what for a body', async ({ body }) => {
    const answer = await send(dialect, body);
    const isText = typeof body === 'string';
    expectRefusalThatSays(
      dialect,
      answer,
      isText ? 'REQUEST.INVALID_FIELD' : 'REQUEST.MALFORMED_JSON',
      isText ? 'body: ' : 'the body ',
    );
  });

  it('refuses an empty body', async () => {
    expectRefusedField(dialect, await send(dialect, ''), 'body');
  });

  it('signs the same body when nothing is malformed', async () => {
    successOf(await send(dialect, withField('transaction_fee', '7')));
    successOf(await sendTransaction(zauthWithoutToken(server, dialect), heldKey(key), good));
  });
});
