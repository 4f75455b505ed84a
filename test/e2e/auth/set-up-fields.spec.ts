import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Answer } from '../../support/api-client.js';
import { successOf } from '../../support/api-client.js';
import { foreignSplitKey, setUp, setUpBody } from '../../support/foreign-split-key.js';
import type { ForeignSplitKey } from '../../support/foreign-split-key.js';
import { CONTENT_TYPES_OF_JSON, MALFORMED_BODIES, malformedHex } from '../../support/malformed.js';
import { signMessage } from '../../support/signing-calls.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3 } from '../../support/wallet-client.js';
import { publishedVector } from '../../support/wallet-vectors.js';
import {
  expectRefusal,
  expectRefusalThatSays,
  expectRefusedField,
  SDK,
  zauthOf,
} from '../../support/zauth-dialects.js';

let server: TestServer;
let key: ForeignSplitKey;
beforeAll(async () => {
  server = await startTestServer();
  key = await foreignSplitKey();
});
afterAll(() => server.stop());

const send = (changed: Record<string, unknown>): Promise<Answer> => setUp(zauthOf(server, 'alice'), key, changed);

const { r_le: groupOrder, ff } = publishedVector('sk-range-edge', 'r_le', 'ff');

const MALFORMED: readonly (readonly [string, readonly unknown[]])[] = [
  ['client_id', [undefined, null, 1, [], {}, true, ...malformedHex(64).map(({ text }) => text)]],
  [
    'client_key',
    [undefined, null, 1, [], {}, '00'.repeat(64), 'ff'.repeat(64), ...malformedHex(128).map(({ text }) => text)],
  ],
  [
    'peer_public_key',
    [undefined, null, 1, [], '00'.repeat(64), 'ff'.repeat(64), ...malformedHex(128).map(({ text }) => text)],
  ],
  [
    'private_key',
    [undefined, null, 1, [], '00'.repeat(32), groupOrder, ff, ...malformedHex(64).map(({ text }) => text)],
  ],
  [
    'public_key',
    [
      1,
      [],
      {},
      ...malformedHex(128)
        .map(({ text }) => text)
        .filter((text) => text !== ''),
    ],
  ],
  [
    'restrictions',
    ['token_transfers', 1, true, {}, [1], [null], [['token_transfers']], Array(101).fill('token_transfers')],
  ],
  ['expired_at', ['0', '', -1, 1.5, true, [], {}, 1e300, 2 ** 53]],
];

describe('POST /zauth/setup', () => {
  it.each(MALFORMED)('refuses a malformed %s and names it', async (field, values) => {
    for (const value of values) expectRefusedField(SDK, await send({ [field]: value }), field);
  });

  it.each([[['Token_Transfers']], [['token_transfers ']], [['']], [['constructor']], [['*', 'token_transfers']]])(
    'refuses the group names %j',
    async (restrictions) => {
      expectRefusalThatSays(SDK, await send({ restrictions }), 'RESTRICTION.UNKNOWN_GROUP', 'restrictions[0]: ');
    },
  );

  it.each(MALFORMED_BODIES)('refuses $what for a body', async ({ body }) => {
    const answer = await zauthOf(server, 'alice').post('/setup', body);
    expectRefusalThatSays(SDK, answer, 'REQUEST.MALFORMED_JSON', 'the body ');
  });

  it('refuses an empty body', async () => {
    const answer = await zauthOf(server, 'alice').with({ 'Content-Type': 'application/json' }).post('/setup', '');
    expectRefusalThatSays(SDK, answer, 'REQUEST.MALFORMED_JSON', 'the body is empty');
  });

  it('kept nothing of all that was refused', async () => {
    expectRefusal(SDK, await signMessage(zauthOf(server, 'alice'), key, sha3('a message')), 'SPLIT_KEY.UNKNOWN', 500);
  });

  it.each(CONTENT_TYPES_OF_JSON)('reads JSON sent as $what', async ({ headers }) => {
    const another = await foreignSplitKey();
    const body = JSON.stringify(setUpBody(another));
    successOf(await zauthOf(server, 'alice').with(headers).post('/setup', body));
    successOf(await signMessage(zauthOf(server, 'alice'), another, sha3('a message')));
  });
});
