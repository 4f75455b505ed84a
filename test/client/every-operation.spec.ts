import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha3Hex, transfer } from '@split-key-kms/client';
import type { KmsClient, MadeSplitKeyAnswer, WalletAnswer } from '@split-key-kms/client';
import { Checkpoints } from '../../src/audit/log/checkpoints.js';
import { readProjectFile } from '../architecture/project-files.js';
import { operationsOf } from '../support/openapi-document.js';
import type { OpenApiDocument } from '../support/openapi-document.js';
import { PUBLISHED_SPLIT_KEY } from '../support/published-split-key.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { vectorsOf } from '../crypto/bls0chain/vectors.js';
import { all, clientOf } from './given-client.js';

const document = JSON.parse(readProjectFile('docs/openapi.json')) as OpenApiDocument;
const documented = operationsOf(document).map(({ method, path }) => ({
  name: `${method} ${path}`,
  pattern: new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '[^/?]+')}$`),
}));
const called = new Set<string>();

/** Notes which operation of the document a request is; what stands in it comes before what has a parameter there. */
const noting = (request: Request): Promise<Response> => {
  const call = `${request.method} ${new URL(request.url).pathname}`;
  const [found] = documented
    .filter(({ pattern }) => pattern.test(call))
    .sort((one, other) => Number(one.name.includes('{')) - Number(other.name.includes('{')));
  called.add(found?.name ?? call);
  return fetch(request);
};

let server: TestServer;
let alice: KmsClient;
let bob: KmsClient;
let wallet: WalletAnswer;
let made: MadeSplitKeyAnswer;
beforeAll(async () => {
  server = await startTestServer({ AUDIT_CHECKPOINT_SECONDS: '3600', LOG_LEVEL: 'silent' });
  alice = clientOf(server, 'alice', { fetch: noting });
  bob = clientOf(server, 'bob', { fetch: noting });
  wallet = await alice.wallets.create();
  made = (await alice.splitKeys.create(wallet.client_id)).answer;
});
afterAll(() => server.stop());

const named = (): { path: { client_id: string }; header: { 'X-Peer-Public-Key': string } } => ({
  path: { client_id: made.client_id },
  header: { 'X-Peer-Public-Key': made.public_key },
});

describe('every operation of the OpenAPI document', () => {
  it('of wallets', async () => {
    const [vector] = vectorsOf('wallet');
    const stored = await alice.wallets.import({ private_key: vector?.private_key ?? '' });
    const listed = await all(alice.wallets.list({ pageSize: 1 }));
    expect(listed.map(({ client_id }) => client_id).sort()).toEqual([wallet.client_id, stored.client_id].sort());
    expect(await alice.wallets.freeze(stored.client_id)).toMatchObject({ frozen: true });
    expect(await alice.wallets.thaw(stored.client_id)).toMatchObject({ frozen: false });
    await alice.wallets.delete(stored.client_id);
    expect(await all(alice.wallets.listDeleted())).toMatchObject([{ client_id: stored.client_id }]);
    await alice.wallets.undelete(stored.client_id);
    expect(await all(alice.wallets.listDeleted())).toEqual([]);
  });

  it('of split keys', async () => {
    await alice.splitKeys.share(made.public_key, 'bob');
    expect(await all(bob.splitKeys.listShared())).toMatchObject([{ public_key: made.public_key, private_key: '' }]);
    await bob.splitKeys.decline(made);
    expect(await all(bob.splitKeys.listShared())).toEqual([]);
    const { answer: second } = await alice.splitKeys.create(wallet.client_id, { restrictions: ['token_transfers'] });
    await alice.splitKeys.revoke(second);
    expect(await all(alice.splitKeys.list(wallet.client_id, { pageSize: 1 }))).toMatchObject([
      { public_key: made.public_key, is_revoked: false },
      { public_key: second.public_key, is_revoked: true },
    ]);
    expect(await alice.splitKeys.lastUsed(made)).toBe(0);
    const header = { 'X-Peer-Public-Key': made.peer_public_key };
    expect((await alice.api.GET('/restrictions', { params: { header } })).data).toEqual(['*']);
    const body = { restrictions: ['*'] };
    const { path } = named();
    const answer = await alice.api.PUT('/restrictions/{client_id}', { params: { path, header }, body });
    expect(answer.data).toEqual({});
  });

  it('of signing', async () => {
    const key = alice.splitKeys.withShare(made, made.private_key);
    const pay = { ...transfer({ to: sha3Hex('to'), valueSas: 1, nonce: 1 }), creation_date: server.clock.nowSeconds() };
    expect(await key.tryMessage('x')).toMatchObject({ allowed: true });
    expect(await key.tryTransaction(pay)).toMatchObject({ allowed: true });
    expect((await key.signMessage('x')).evidence?.entry).toHaveLength(32);
    expect((await key.signTransaction(pay)).evidence?.entry).toHaveLength(32);
  });

  it('of policies', async () => {
    const { etag, revision } = await alice.policies.read(made);
    const policy = { operations: ['transfer'], max_value: '5' };
    const replaced = await alice.policies.replace(made, policy, etag, 'less');
    expect(replaced).toMatchObject({ revision: revision + 1, note: 'less' });
    expect((await all(alice.policies.revisions(made, { pageSize: 1 }))).map(({ note }) => note)).toContain('less');
    const asked = { transaction: transfer({ to: sha3Hex('to'), valueSas: 6n, nonce: 1 }) };
    expect(await alice.policies.evaluate(made, asked)).toMatchObject({ allowed: false });
    expect(await alice.policies.evaluate(made, { ...asked, policy: {} })).toMatchObject({ allowed: true });
    expect(await alice.policies.evaluate(made, { message: 'x', policy: {} })).toMatchObject({ allowed: true });
    expect(await alice.policies.simulate(made, {})).toHaveProperty('judged', 2);
    expect((await alice.policies.templates()).length).toBeGreaterThan(1);
    expect((await alice.policies.catalogue()).length).toBeGreaterThan(1);
  });

  it('of the record', async () => {
    await server.app.get(Checkpoints).make();
    const [newest] = await all(alice.audit.entries(wallet.client_id, { pageSize: 2, outcome: 'approved' }));
    expect(await alice.audit.proof(newest?.id ?? '')).toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
    expect(await alice.audit.checkpoint()).toContain('\n\n— ');
    expect((await alice.audit.keys()).promises).toContain('/promises+');
  });

  it('of health and metrics', async () => {
    expect(await alice.ready()).toMatchObject({ status: 'ready' });
    expect((await alice.api.GET('/health/live')).data).toMatchObject({ status: 'live' });
    expect((await alice.api.GET('/metrics', { parseAs: 'text' })).data).toContain('kms_');
  });

  it('of the SDK dialect', async () => {
    const { path } = named();
    expect((await alice.api.POST('/zvault/generate')).data).toMatchObject({ is_split: false });
    const generated = await alice.api.POST('/zvault/generate/{client_id}', { params: { path }, body: {} });
    const { public_key = '', peer_public_key = '' } = generated.data ?? {};
    const restricted = { 'X-Peer-Public-Key': public_key };
    const restrict = { params: { path, header: restricted }, body: { restrictions: ['token_transfers'] } };
    expect((await alice.api.PUT('/zauth/restrictions/{client_id}', restrict)).data).toEqual({ result: 'success' });
    const revoke = { params: { path }, body: { peer_public_key } };
    expect((await alice.api.POST('/zauth/revoke/{client_id}', revoke)).data).toEqual({ result: 'success' });
    const { client_id, client_key, user_public_key, zauth_private_key } = PUBLISHED_SPLIT_KEY;
    const setUp = { client_id, client_key, private_key: zauth_private_key, peer_public_key: user_public_key };
    expect((await alice.api.POST('/zauth/setup', { body: setUp })).data).toEqual({ result: 'success' });
    const deleted = await alice.api.POST('/zauth/delete/{client_id}', {
      params: { path: { client_id: setUp.client_id } },
    });
    expect(deleted.data).toEqual({ result: 'success' });
  });

  it('has been called by now, each of them', () => {
    expect(documented.map(({ name }) => name).filter((name) => !called.has(name))).toEqual([]);
    expect([...called].filter((call) => !documented.some(({ name }) => name === call))).toEqual([]);
  });
});
