import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { foreignSplitKey } from '../../support/foreign-split-key.js';
import { heldKey } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { hashOf, transfer } from '../../support/transactions.js';
import type { TestTransaction } from '../../support/transactions.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import type { WalletClient } from '../../support/wallet-client.js';
import {
  expectRefusal,
  expectRefusalThatSays,
  expectRefusedField,
  ZAUTH_DIALECTS,
  zauthOf,
  zauthWithoutToken,
} from '../../support/zauth-dialects.js';

const MOST_BYTES = 8_192;
const LARGEST_BODY = 4_096 + 6 * MOST_BYTES;

let server: TestServer;
let client: WalletClient;
let key: HeldKey;
let clientKey: string;
beforeAll(async () => {
  server = await startTestServer();
  client = await walletClient();
  const made = await splitWallet(server.as('alice'));
  key = heldKey(made.key);
  clientKey = made.wallet.client_key;
});
afterAll(() => server.stop());

/** Every character as `\u` and four digits: the longest that JSON can write it. */
const escaped = (text: string): string =>
  `"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;

/** The text that a transaction's hash is made of (wire.md section 6). */
function preimageOf(transaction: TestTransaction): string {
  const { creation_date: created, transaction_nonce: nonce, client_id: from, to_client_id: to } = transaction;
  return [created, nonce, from, to, transaction.transaction_value, sha3(transaction.transaction_data)].join(':');
}

describe.each(ZAUTH_DIALECTS)('the text of a message in the $dialect dialect', (dialect) => {
  const anybody = () => zauthWithoutToken(server, dialect);

  /** Asks with a text, given as the JSON that stands in the body, for a signature over a hash. */
  function sendText(json: string, hash: string, holder: HeldKey = key, partial?: string): Promise<Answer> {
    const signature = partial ?? client.sign(holder.userShare, hash);
    const members = { hash, signature, client_id: holder.clientId };
    const body = JSON.stringify(members).replace(/}$/, `,"message":${json}}`);
    return anybody().with({ 'X-Peer-Public-Key': holder.userPublicKey }).post('/sign/msg', body);
  }
  const sendWithText = (text: string, holder: HeldKey = key): Promise<Answer> =>
    sendText(JSON.stringify(text), sha3(text), holder);

  it.each([
    ['empty', ''],
    ['short', 'log in to example.org'],
    ['of more than ASCII', 'Grüße, 世界 👋'],
    ['of control characters', '\0\u0001\u007f\n'],
    ['of white space and marks that matter', '\ufeff a \u00a0'],
    ['of 8,192 letters', 'x'.repeat(MOST_BYTES)],
    ['of 8,192 bytes in characters of three', `${'世'.repeat(2_730)}xx`],
    ['of 8,192 bytes in characters of four', '👋'.repeat(2_048)],
  ])('that is %s comes along with its hash, however it is written', async (_, text) => {
    for (const json of [JSON.stringify(text), escaped(text)]) {
      const { sig } = successOf<{ sig: string }>(await sendText(json, sha3(text)));
      expect(client.verify(clientKey, sha3(text), sig)).toBe(true);
    }
  });

  it('fits at its longest into the largest body, with white space around it', async () => {
    const text = '\u0001'.repeat(MOST_BYTES);
    const members = { hash: sha3(text), signature: client.sign(key.userShare, sha3(text)), client_id: key.clientId };
    const body = JSON.stringify({ ...members, message: text }).padEnd(LARGEST_BODY, ' ');
    expect(body.length).toBe(LARGEST_BODY);
    const named = anybody().with({ 'X-Peer-Public-Key': key.userPublicKey });
    successOf(await named.post('/sign/msg', body));
    expect((await named.post('/sign/msg', `${body} `)).status).toBe(413);
  });

  it('changes nothing of the signature or the record, and may be null', async () => {
    const hash = sha3('the same message');
    const before = (await server.audit()).length;
    const signatures = [];
    for (const json of ['null', JSON.stringify('the same message')]) {
      signatures.push(successOf<{ sig: string }>(await sendText(json, hash)).sig);
    }
    const members = { hash, signature: client.sign(key.userShare, hash), client_id: key.clientId };
    const named = anybody().with({ 'X-Peer-Public-Key': key.userPublicKey });
    signatures.push(successOf<{ sig: string }>(await named.post('/sign/msg', members)).sig);
    expect(new Set(signatures).size).toBe(1);
    // The second dialect asks for what the first has had recorded.
    expect((await server.audit()).length - before).toBe(dialect.dialect === 'documented' ? 1 : 0);
  });

  it('is refused when it is another message’s, which anybody is told, whatever the split key', async () => {
    const before = (await server.audit()).length;
    const [text, json] = ['a text', JSON.stringify('a text')];
    const wrong = [sha3('another text'), sha3(`${text} `), `${sha3(text)}00`, 'ab', 'ab'.repeat(1_024)];
    for (const hash of wrong) expectRefusal(dialect, await sendText(json, hash), 'MESSAGE.HASH_MISMATCH');
    const hash = sha3('another text');
    const partialOfAnother = client.sign(key.userShare, sha3('a third text'));
    expectRefusal(dialect, await sendText(json, hash, key, partialOfAnother), 'MESSAGE.HASH_MISMATCH');
    expectRefusal(dialect, await sendText(json, hash, await foreignSplitKey()), 'MESSAGE.HASH_MISMATCH');
    expect(await server.audit()).toHaveLength(before);
  });

  it('is compared with the hash in whatever letter case that is', async () => {
    successOf(await sendText('"a text"', sha3('a text').toUpperCase()));
  });

  it.each(['1', 'true', '[]', '{}', '["text"]', '0'])('that is none, but %s, is refused by name', async (json) => {
    expectRefusedField(dialect, await sendText(json, sha3('')), 'message');
  });

  it.each([
    ['a letter', 'x'.repeat(MOST_BYTES + 1)],
    ['a character of two bytes', `${'x'.repeat(MOST_BYTES - 1)}é`],
    ['a character of four bytes', `${'👋'.repeat(2_047)}xx👋`],
  ])('that is longer than 8,192 bytes, by %s, is refused by name', async (_, text) => {
    const answer = await sendWithText(text);
    expectRefusedField(dialect, answer, 'message');
    expect(answer.text).toContain('8192 bytes');
    expect(answer.text).not.toContain('xx');
  });

  it.each([String.raw`"\ud800"`, String.raw`"a\udc4bb"`, String.raw`"\udc4b\ud83d"`])(
    'with half a character, %s, is refused by name, also with the hash of what Node would put in its place',
    async (json) => {
      for (const hash of [sha3('\ufffd'), sha3(JSON.parse(json) as string), sha3('x')]) {
        const answer = await sendText(json, hash);
        expectRefusedField(dialect, answer, 'message');
        expect(answer.text).toContain('unpaired surrogate');
      }
    },
  );

  it('in bytes that are no UTF-8 makes a malformed body', async () => {
    const members = JSON.stringify({ hash: sha3('x'), signature: '00', client_id: key.clientId });
    const body = Buffer.from(members.replace(/}$/, ',"message":"?"}'));
    body[body.indexOf('?')] = 0xff;
    const answer = await anybody().with({ 'X-Peer-Public-Key': key.userPublicKey }).post('/sign/msg', body);
    expectRefusalThatSays(dialect, answer, 'REQUEST.MALFORMED_JSON', 'the body is not valid UTF-8');
  });

  it('may not come twice', async () => {
    const answer = await sendText('"x","message":"x"', sha3('x'));
    expectRefusalThatSays(dialect, answer, 'REQUEST.MALFORMED_JSON', 'the body has the same key twice');
  });

  it('is what a long body is for: one with thousands of values is not parsed', async () => {
    const list = (entries: number): string => `[${Array(entries).fill('"x"').join()}]`;
    const answer = await sendText(list(10_000), sha3('x'));
    expectRefusalThatSays(dialect, answer, 'REQUEST.MALFORMED_JSON', 'the body has too many values');
    expectRefusedField(dialect, await sendText(list(600), sha3('x')), 'message');
  });

  it('that reads as a transaction is signed for whoever may sign any message', async () => {
    const pay = transfer({ client_id: key.clientId, client_key: clientKey });
    expect(sha3(preimageOf(pay))).toBe(hashOf(pay));
    successOf(await sendWithText(preimageOf(pay)));
    const { key: listed } = await splitWallet(server.as('alice'), { restrictions: ['message_signing'] });
    successOf(await sendWithText(preimageOf(pay), heldKey(listed)));
  });

  it('lets nobody sign messages whose list does not', async () => {
    for (const restrictions of [[], ['token_transfers'], ['data_signing']]) {
      const { key: listed } = await splitWallet(server.as('alice'), { restrictions });
      const words = "the split key's restrictions do not allow this: messages-not-allowed: ";
      const answer = await sendWithText('log in to example.org', heldKey(listed));
      expectRefusalThatSays(dialect, answer, 'SIGNING.NOT_ALLOWED', words);
    }
  });

  it('is recorded for a user whose token came along with the wrong one', async () => {
    const bob = zauthOf(server, 'bob', dialect).with({ 'X-Peer-Public-Key': key.userPublicKey });
    const members = { hash: sha3('x'), signature: client.sign(key.userShare, sha3('x')), client_id: key.clientId };
    expectRefusal(dialect, await bob.post('/sign/msg', { ...members, message: 'y' }), 'MESSAGE.HASH_MISMATCH');
    expect((await server.audit()).at(-1)).toMatchObject({
      action: 'sign-message',
      outcome: 'denied',
      code: 'MESSAGE.HASH_MISMATCH',
      actorId: 'bob',
    });
  });
});
