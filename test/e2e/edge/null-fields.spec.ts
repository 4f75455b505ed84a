import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { freshUser, sending, VAULT_DIALECTS } from '../../support/dialects.js';
import { heldKey, sendTransaction } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { bodyOf, hashOf, transfer } from '../../support/transactions.js';
import { walletClient } from '../../support/wallet-client.js';
import type { WireSplitKey } from '../../support/wire-types.js';
import { ZAUTH_DIALECTS, zauthWithoutToken } from '../../support/zauth-dialects.js';

const TTL_SECONDS = 3600;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ KEY_TTL_SECONDS: String(TTL_SECONDS) });
});
afterAll(() => server.stop());

/** Optional fields of a transaction, with the text that means the same as leaving them out. */
const OPTIONAL: readonly (readonly [field: string, plain: string | undefined])[] = [
  ['to_client_id', '""'],
  ['creation_date', '0'],
  ['transaction_fee', '0'],
  ['version', '""'],
  ['public_key', '""'],
  ['chain_id', undefined],
  ['transaction_output', undefined],
  ['txn_output_hash', '""'],
  ['transaction_status', '0'],
];

describe.each(ZAUTH_DIALECTS)('POST /sign/txn in the $dialect dialect', (dialect) => {
  it.each(OPTIONAL)('takes null for %s as it takes an absent one', async (field, plain) => {
    const { wallet, key } = await splitWallet(server.as('alice'));
    const all = { ...transfer(wallet), to_client_id: '', creation_date: '0', transaction_fee: '0' };
    const signature = (await walletClient()).sign(key.private_key, hashOf(all));
    const present = Object.entries(membersOf(bodyOf(all, signature)));
    const rest = Object.fromEntries(present.filter(([name]) => name !== field));
    const bodies = [rest, { ...rest, [field]: 'null' }, ...(plain === undefined ? [] : [{ ...rest, [field]: plain }])];
    const answers = [];
    for (const members of bodies) {
      const answer = await sendTransaction(zauthWithoutToken(server, dialect), heldKey(key), textOf(members));
      answers.push(successOf<string>(answer));
    }
    expect(new Set(answers).size).toBe(1);
    expect((await walletClient()).verify(wallet.client_key, hashOf(all), answers[0] ?? '')).toBe(true);
  });

  it('gives nulls back as they came where the whole transaction is asked for', async () => {
    const { wallet, key } = await splitWallet(server.as('alice'));
    const all = { ...transfer(wallet), to_client_id: '', creation_date: '0' };
    const signature = (await walletClient()).sign(key.private_key, hashOf(all));
    const members = { ...membersOf(bodyOf(all, signature)), to_client_id: 'null', creation_date: 'null' };
    const zauth = zauthWithoutToken(server, dialect);
    const answer = await sendTransaction(zauth, heldKey(key), textOf(members), '/sign/txn?reply=transaction');
    expect(successOf(answer)).toMatchObject({ to_client_id: null, creation_date: null, hash: hashOf(all) });
  });
});

describe.each(VAULT_DIALECTS)('POST /key/:client_id in the $dialect dialect', ({ dialect }) => {
  it('takes null for its optional fields as it takes absent ones', async () => {
    const user = freshUser(server, 'alice');
    const { wallet } = await splitWallet(user.documented);
    for (const terms of [undefined, {}, { restrictions: null, expires_at: null }, { expires_at: null }]) {
      const created = dialect === 'sdk' ? 200 : 201;
      const key = successOf<WireSplitKey>(await user[dialect].post(`/key/${wallet.client_id}`, terms), created);
      expect(key.expires_at).toBe(server.clock.nowSeconds() + TTL_SECONDS);
      const named = sending(user, { 'X-Peer-Public-Key': key.public_key });
      expect(successOf(await named.documented.get('/restrictions'))).toStrictEqual(['*']);
    }
  });
});

/** The members of a flat JSON object as texts, so that null can stand for any of them. */
function membersOf(body: string): Record<string, string> {
  const parsed = JSON.parse(body) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(parsed).map(([field, value]) => [field, JSON.stringify(value)]));
}

function textOf(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members)
    .map(([field, text]) => `"${field}":${text}`)
    .join(',')}}`;
}
