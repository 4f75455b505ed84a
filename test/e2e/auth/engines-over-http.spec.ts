import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { foreignSplitKey, setUp } from '../../support/foreign-split-key.js';
import type { ForeignSplitKey } from '../../support/foreign-split-key.js';
import { PUBLISHED_SPLIT_KEY, publishedSetUp } from '../../support/published-split-key.js';
import { sendMessage, signMessage, signTransaction } from '../../support/signing-calls.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { hashOf, transfer } from '../../support/transactions.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import type { WalletClient } from '../../support/wallet-client.js';
import { expectRefusal, SDK, ZAUTH_DIALECTS, zauthOf, zauthWithoutToken } from '../../support/zauth-dialects.js';
import { WRONG_PARTIALS } from '../../support/wrong-partials.js';

const ENGINES = ['herumi', 'noble'] as const;

let servers: readonly TestServer[];
let client: WalletClient;
beforeAll(async () => {
  servers = await Promise.all(ENGINES.map((engine) => startTestServer({ BLS_ENGINE: engine })));
  client = await walletClient();
});
afterAll(() => Promise.all(servers.map((server) => server.stop())));

async function setUpEverywhere(key: ForeignSplitKey): Promise<void> {
  for (const server of servers) successOf(await setUp(zauthOf(server, 'alice'), key, { restrictions: ['*'] }));
}

describe.each(ZAUTH_DIALECTS)('both engines in the $dialect dialect', (dialect) => {
  it('answer messages byte for byte as the whole key signs them', async () => {
    const key = await foreignSplitKey();
    await setUpEverywhere(key);
    for (const hash of [sha3('a message'), '00'.repeat(32), 'ff'.repeat(32)]) {
      const whole = JSON.stringify({ sig: client.sign(key.masterKey, hash) });
      for (const server of servers) {
        expect((await signMessage(zauthWithoutToken(server, dialect), key, hash)).text).toBe(whole);
      }
    }
  });

  it('answer transactions byte for byte as the whole key signs them', async () => {
    const key = await foreignSplitKey();
    await setUpEverywhere(key);
    const pay = transfer({ client_id: key.clientId, client_key: key.clientKey });
    const whole = JSON.stringify(client.sign(key.masterKey, hashOf(pay)));
    for (const server of servers) {
      expect((await signTransaction(zauthWithoutToken(server, dialect), key, pay)).text).toBe(whole);
    }
  });

  it.each(WRONG_PARTIALS)('refuse a partial that is $what in the same words', async ({ of }) => {
    const key = await foreignSplitKey();
    await setUpEverywhere(key);
    const hash = sha3('a message');
    for (const server of servers) {
      const answer = await sendMessage(zauthWithoutToken(server, dialect), key, hash, await of(key, hash));
      expectRefusal(dialect, answer, 'SIGNING.PARTIAL_INVALID');
    }
  });
});

describe('the published split key', () => {
  it('signs as published with either engine', async () => {
    const { client_id, user_public_key, hash, user_signature, combined } = PUBLISHED_SPLIT_KEY;
    for (const server of servers) {
      const zauth = zauthOf(server, 'alice', SDK).with({ 'X-Peer-Public-Key': user_public_key });
      successOf(await zauth.post('/setup', publishedSetUp(['*'])));
      const answer = await zauth.post('/sign/msg', { hash, client_id, signature: user_signature });
      expect(successOf(answer)).toStrictEqual({ sig: combined });
    }
  });
});
