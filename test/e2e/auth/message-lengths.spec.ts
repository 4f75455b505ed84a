import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { FIELD_MESSAGES, FIELD_WALLET } from '../../support/field-signing.js';
import { heldKey, sendMessage, signMessage } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { hashOf, bodyOf, transfer } from '../../support/transactions.js';
import { walletClient } from '../../support/wallet-client.js';
import type { WireSplitKey } from '../../support/wire-types.js';
import { expectRefusal, expectRefusedField, ZAUTH_DIALECTS, zauthWithoutToken } from '../../support/zauth-dialects.js';

describe.each(['herumi', 'noble'])('with the engine %s', (engine) => {
  let server: TestServer;
  let key: HeldKey;
  beforeAll(async () => {
    server = await startTestServer({ BLS_ENGINE: engine });
    const owner = server.as('alice');
    successOf(await owner.post('/store', { private_key: FIELD_WALLET.private_key }), 201);
    key = heldKey(successOf<WireSplitKey>(await owner.post(`/key/${FIELD_WALLET.client_id}`), 201));
  });
  afterAll(() => server.stop());

  describe.each(ZAUTH_DIALECTS)('POST /sign/msg in the $dialect dialect', (dialect) => {
    const anybody = () => zauthWithoutToken(server, dialect);

    it.each(FIELD_MESSAGES.signed)('signs $what as the whole key does, and records all of it', async (message) => {
      for (const hash of [message.hash, message.hash.toUpperCase()]) {
        expect(successOf(await signMessage(anybody(), key, hash))).toStrictEqual({ sig: message.combined });
      }
      // Of whatever spelling and dialect, it is one message, and approved once.
      const entries = (await server.audit()).filter(({ signedHash }) => signedHash === message.hash);
      expect(entries).toMatchObject([{ action: 'sign-message', outcome: 'approved' }]);
    });

    it.each(FIELD_MESSAGES.refused)('refuses $what and names the field', async ({ hash }) => {
      const before = (await server.audit()).length;
      const partial = (await walletClient()).sign(key.userShare, 'ab');
      const answer = await sendMessage(anybody(), key, hash, partial);
      expectRefusedField(dialect, answer, 'hash');
      expect(answer.text).toContain('hash: must be 2 to 2048 hexadecimal characters, an even number of them');
      if (hash.length > 3) expect(answer.text).not.toContain(hash);
      expect(await server.audit()).toHaveLength(before);
    });

    it('signs messages of all lengths at once, each its own', async () => {
      const answers = await Promise.all(
        FIELD_MESSAGES.signed
          .flatMap((message) => Array.from({ length: 4 }, () => message))
          .map(async (message) => {
            const { sig } = successOf<{ sig: string }>(await signMessage(anybody(), key, message.hash));
            return sig === message.combined;
          }),
      );
      expect(answers).not.toContain(false);
    });

    it('takes a partial over a part of the message, or over more, for a wrong one', async () => {
      const client = await walletClient();
      const message = 'ab'.repeat(64);
      for (const signed of ['ab'.repeat(32), 'ab'.repeat(63), 'ab'.repeat(65)]) {
        const answer = await sendMessage(anybody(), key, message, client.sign(key.userShare, signed));
        expectRefusal(dialect, answer, 'SIGNING.PARTIAL_INVALID');
      }
    });
  });

  describe.each(ZAUTH_DIALECTS)('POST /sign/txn in the $dialect dialect', (dialect) => {
    it.each([1, 16, 31, 33, 64])('refuses a hash of %d bytes', async (length) => {
      const pay = transfer({ client_id: FIELD_WALLET.client_id, client_key: FIELD_WALLET.client_key });
      const hash = hashOf(pay)
        .repeat(2)
        .slice(0, 2 * length);
      const body = bodyOf(pay, (await walletClient()).sign(key.userShare, hash), hash);
      const named = zauthWithoutToken(server, dialect).with({ 'X-Peer-Public-Key': key.userPublicKey });
      expectRefusedField(dialect, await named.post('/sign/txn', body), 'hash');
    });
  });
});
