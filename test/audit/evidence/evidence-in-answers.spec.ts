import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Checkpoints } from '../../../src/audit/log/checkpoints.js';
import { parseEntryId } from '../../../src/audit/entry-id.js';
import { verifyPromise } from '../../../src/audit/promises/verify-promise.js';
import { parseVkey } from '../../../src/audit/tlog/verifier-key.js';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { heldKey, sendMessage, sendTransaction, signMessage, signTransaction } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { bodyOf, hashOf, transfer } from '../../support/transactions.js';
import { sha3, walletClient } from '../../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

let server: TestServer;
let wallet: WireWallet;
let key: HeldKey;
let revoked: HeldKey;
let promises: string;
beforeAll(async () => {
  server = await startTestServer({ ZAUTH_PORT: '0', AUDIT_ORIGIN: 'kms.example/audit', LOG_LEVEL: 'silent' });
  const owner = server.as('alice');
  const world = await splitWallet(owner);
  wallet = world.wallet;
  key = heldKey(world.key);
  revoked = heldKey(successOf<WireSplitKey>(await owner.post(`/key/${key.clientId}`), 201));
  successOf(await owner.post(`/revoke/${key.clientId}`, { public_key: revoked.userPublicKey }));
  ({ promises } = successOf<{ promises: string }>(await server.anonymous().get('/audit/key')));
});
afterAll(() => server.stop());

let asked = 0;
const newHash = (): string => sha3(`asked ${(asked += 1)}`);

const evidenceIn = ({ headers }: Answer): (string | null)[] => [
  headers.get('x-audit-entry'),
  headers.get('x-audit-promise'),
];

/** What the entry says that the answer's evidence is of, which must hold. */
async function entryOf(answer: Answer): Promise<Record<string, unknown>> {
  const [id, promise] = evidenceIn(answer);
  if (typeof id !== 'string' || typeof promise !== 'string') throw new Error('the answer has no evidence');
  const asked = parseEntryId(id);
  const [row] = await server
    .dataSource()
    .query<{ entry: string }[]>('SELECT entry FROM audit_entries WHERE id = ?', [asked?.id]);
  if (row === undefined) throw new Error('there is no such entry');
  const trust = { keys: [parseVkey(promises, 'promises')], origin: 'kms.example/audit' };
  expect(verifyPromise(promise, Buffer.from(row.entry), trust)).toMatchObject({ holds: true });
  const said = JSON.parse(row.entry) as Record<string, unknown>;
  expect(said['salt']).toBe(asked?.salt);
  return said;
}

const CALLERS: readonly (readonly [string, () => ApiClient])[] = [
  ['without a token', () => server.anonymous()],
  ['with a token', () => server.as('alice')],
  ['in the SDK dialect', () => server.anonymous(`${server.url}/zauth`)],
  ['at its own port', () => server.anonymous(server.zauthUrl)],
];

describe.each(CALLERS)('an answer %s', (_, caller) => {
  it('to a message has evidence of its entry', async () => {
    const hash = newHash();
    const answer = await signMessage(caller(), key, hash);
    successOf(answer);
    expect(await entryOf(answer)).toMatchObject({ action: 'sign-message', outcome: 'approved', signed_hash: hash });
  });

  it.each(['/sign/txn', '/sign/txn?reply=transaction'])('to a transaction by %s has it', async (path) => {
    const pay = { ...transfer(wallet), transaction_nonce: String((asked += 1)) };
    const hash = hashOf(pay);
    const body = bodyOf(pay, (await walletClient()).sign(key.userShare, hash), hash);
    const answer = await sendTransaction(caller(), key, body, path);
    expect(answer.status).toBe(200);
    expect(await entryOf(answer)).toMatchObject({ action: 'sign-transaction', outcome: 'approved', signed_hash: hash });
  });

  it('that refuses whoever holds the split key has it too, and the same again the same entry', async () => {
    const hash = newHash();
    const answer = await signMessage(caller(), revoked, hash);
    expect(answer.status).toBe(400);
    const refused = { action: 'sign-message', outcome: 'denied', code: 'SPLIT_KEY.REVOKED', signed_hash: hash };
    expect(await entryOf(answer)).toMatchObject(refused);
    const again = await signMessage(caller(), revoked, hash);
    expect(again.status).toBe(400);
    expect(evidenceIn(again)[0]).toBe(evidenceIn(answer)[0]);
    expect(await entryOf(again)).toMatchObject(refused);
  });

  it('that refuses a transaction to whoever holds the split key has it', async () => {
    const answer = await signTransaction(caller(), revoked, {
      ...transfer(wallet),
      transaction_nonce: String((asked += 1)),
    });
    expect(answer.status).toBe(400);
    expect(await entryOf(answer)).toMatchObject({ action: 'sign-transaction', code: 'SPLIT_KEY.REVOKED' });
  });

  it('to a stranger has none, whatever they know of the split key', async () => {
    const [signed, refused] = [newHash(), newHash()];
    successOf(await signMessage(caller(), key, signed));
    await signMessage(caller(), revoked, refused);
    for (const [held, hash] of [
      [key, signed],
      [key, newHash()],
      [revoked, refused],
      [revoked, newHash()],
      [{ ...key, clientId: sha3('nobody') }, signed],
    ] as const) {
      const forged = (await walletClient()).sign(key === held ? revoked.userShare : key.userShare, sha3('another'));
      const answer = await sendMessage(caller(), held, hash, forged);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(evidenceIn(answer)).toEqual([null, null]);
    }
  });

  it('to a dry run has none', async () => {
    const hash = newHash();
    const signature = (await walletClient()).sign(key.userShare, hash);
    const answer = await caller()
      .with({ 'X-Peer-Public-Key': key.userPublicKey })
      .post('/sign/msg?dry_run=1', { hash, signature, client_id: key.clientId });
    expect(answer.status).toBe(200);
    expect(evidenceIn(answer)).toEqual([null, null]);
  });
});

describe('evidence', () => {
  it('of 64 signatures at once is of each its own', async () => {
    const hashes = Array.from({ length: 64 }, newHash);
    const answers = await Promise.all(hashes.map((hash) => signMessage(server.anonymous(), key, hash)));
    const said = await Promise.all(answers.map(entryOf));
    expect(said.map(({ signed_hash }) => signed_hash)).toEqual(hashes);
  });

  it('is in no answer to other calls', async () => {
    for (const answer of [await server.as('alice').get('/wallets'), await server.as('alice').post('/wallet')]) {
      expect(answer.status).toBeLessThan(300);
      expect(evidenceIn(answer)).toEqual([null, null]);
    }
  });

  it('that cannot be given is told in its place, signed or refused, and given when the same is sent again', async () => {
    const { log } = server.app.get(Checkpoints);
    const mute = <T>(work: () => Promise<T>): Promise<T> => {
      const { epoch } = log;
      Object.assign(log, { epoch: { ...epoch, origin: 'no origin' } });
      return work().finally(() => Object.assign(log, { epoch }));
    };
    for (const [held, status] of [
      [key, 200],
      [revoked, 400],
    ] as const) {
      const hash = newHash();
      for (const caller of [server.anonymous(), server.as('alice')]) {
        const answer = await mute(() => signMessage(caller, held, hash));
        expect(problemOf(answer, 500).code).toBe('AUDIT.NO_EVIDENCE');
        expect(evidenceIn(answer)).toEqual([null, null]);
      }
      const plain = await mute(() => signMessage(server.anonymous(server.zauthUrl), held, hash));
      expect([plain.status, evidenceIn(plain)]).toEqual([500, [null, null]]);
      const again = await signMessage(server.anonymous(), held, hash);
      expect(again.status).toBe(status);
      expect(await entryOf(again)).toMatchObject({ signed_hash: hash });
    }
  });
});
