import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { successOf } from '../support/api-client.js';
import type { Answer, ApiClient } from '../support/api-client.js';
import { plainLineOf } from '../support/dialects.js';
import { PUBLISHED_SPLIT_KEY as KEY, publishedSetUp } from '../support/published-split-key.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { walletClient } from '../support/wallet-client.js';
import { publishedVector } from '../support/wallet-vectors.js';

/**
 * What 0Chain's public API suite asserts of ZAuth (0chain/system_test, tests/api_tests: zauth operations), told in
 * our own words and sent as its client sends it: paths at the root of ZAuth's own port, JSON bodies as `text/plain`,
 * `/revoke` as a form, a token with every call. It signs a hash that is not its transaction's, so it needs
 * `trust-hash`.
 */
const LIST = ['allocation_storage_operations'];
const ANOTHER_CLIENT_ID = publishedVector('gosdk-demo-1', 'client_id').client_id;

/** The calls as the suite's client makes them. */
class SuiteClient {
  constructor(private readonly client: ApiClient) {}

  /** The same caller, naming another key or, with an empty text, none. */
  naming(peerPublicKey: string): SuiteClient {
    return new SuiteClient(this.client.with({ 'X-Peer-Public-Key': peerPublicKey }));
  }

  setUp = (restrictions: readonly string[] | null): Promise<Answer> =>
    this.post('/setup', publishedSetUp(restrictions));

  /** @param signature left out of the body when empty, as Go's `omitempty` does */
  signTransaction = (signature = KEY.user_signature): Promise<Answer> =>
    this.post('/sign/txn', {
      hash: KEY.hash,
      version: '',
      client_id: KEY.client_id,
      public_key: '',
      to_client_id: '',
      transaction_data: '{"name":"cancel_allocation","input":null}',
      transaction_value: 0,
      ...(signature === '' ? {} : { signature }),
      transaction_type: 0,
      transaction_fee: 0,
      transaction_nonce: 0,
      txn_output_hash: '',
      transaction_status: 0,
    });

  signMessage = (clientId = KEY.client_id): Promise<Answer> =>
    this.post('/sign/msg', { hash: KEY.hash, signature: KEY.user_signature, client_id: clientId });

  revoke = (): Promise<Answer> =>
    this.client
      .with({ 'Content-Type': 'application/x-www-form-urlencoded' })
      .post(`/revoke/${KEY.client_id}`, new URLSearchParams({ peer_public_key: KEY.user_public_key }).toString());

  delete = (): Promise<Answer> => this.client.post(`/delete/${KEY.client_id}`);

  readKey = (): Promise<Answer> => this.client.get(`/key/${KEY.client_id}`);

  private post(path: string, body: unknown): Promise<Answer> {
    return this.client.with({ 'Content-Type': 'text/plain; charset=utf-8' }).post(path, JSON.stringify(body));
  }
}

let server: TestServer;
let suite: SuiteClient;
beforeAll(async () => {
  server = await startTestServer({ TXN_VERIFICATION: 'trust-hash', ZAUTH_PORT: '0' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  suite = new SuiteClient(server.as('test_user_id', server.zauthUrl).with({ 'X-User-ID': 'test_user_id' })).naming(
    KEY.user_public_key,
  );
  await suite.delete();
});

/** The suite's own check: the combined signature verifies under the client key. */
async function expectCombined(signature: string): Promise<void> {
  expect((await walletClient()).verify(KEY.client_key, KEY.hash, signature)).toBe(true);
  expect(signature).toBe(KEY.combined);
}

describe("0Chain's suite, signing transactions", () => {
  it('is refused with 400 by a key that was set up without restrictions', async () => {
    successOf(await suite.setUp(null));
    plainLineOf(await suite.signTransaction(), 400);
    successOf(await suite.delete());
  });

  it('gets the combined signature for a function that the restrictions allow', async () => {
    successOf(await suite.setUp(LIST));
    await expectCombined(successOf<string>(await suite.signTransaction()));
    successOf(await suite.delete());
  });

  it('is refused with 400 without a signature', async () => {
    successOf(await suite.setUp(LIST));
    plainLineOf(await suite.signTransaction(''), 400);
    successOf(await suite.delete());
  });

  it('is refused with 400 without the peer public key', async () => {
    successOf(await suite.naming('').setUp(LIST));
    plainLineOf(await suite.naming('').signTransaction(), 400);
    successOf(await suite.delete());
  });

  it('is refused with 500 when there is no such split key', async () => {
    plainLineOf(await suite.signTransaction(), 500);
  });
});

describe("0Chain's suite, signing messages", () => {
  it('gets the combined signature, also from a key with restrictions', async () => {
    successOf(await suite.setUp(LIST));
    await expectCombined(successOf<{ sig: string }>(await suite.signMessage()).sig);
    successOf(await suite.delete());
  });

  it('is refused with 400 without the peer public key', async () => {
    successOf(await suite.naming('').setUp(LIST));
    plainLineOf(await suite.naming('').signMessage(), 400);
    successOf(await suite.delete());
  });

  it('is refused with 500 when there is no such split key', async () => {
    plainLineOf(await suite.signMessage(), 500);
  });

  it('is refused with 500 when the client id is not of this key', async () => {
    successOf(await suite.setUp(LIST));
    plainLineOf(await suite.signMessage(ANOTHER_CLIENT_ID), 500);
    successOf(await suite.delete());
  });
});

describe("0Chain's suite, revoking and deleting", () => {
  it('revokes an existing split key, and deletes it afterwards', async () => {
    successOf(await suite.setUp(LIST));
    successOf(await suite.revoke());
    successOf(await suite.delete());
  });

  it('is refused with 400 when there is no split key to revoke or delete', async () => {
    plainLineOf(await suite.revoke(), 400);
    plainLineOf(await suite.delete(), 400);
  });
});

describe("0Chain's suite, reading a key by the client key, which it gave /setup as public_key", () => {
  it('is refused with 500 when there is no such split key', async () => {
    plainLineOf(await suite.readKey(), 500);
  });

  it('sees last_used 0 at first and something else after a message was signed', async () => {
    successOf(await suite.setUp(LIST));
    const reader = suite.naming(KEY.client_key);
    expect(successOf(await reader.readKey())).toStrictEqual({ last_used: 0 });
    successOf(await suite.signMessage());
    expect(successOf(await reader.readKey())).toStrictEqual({ last_used: server.clock.nowSeconds() });
    successOf(await suite.delete());
  });
});
