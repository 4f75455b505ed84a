import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  leafHash,
  parseVkey,
  toHex,
  utf8,
  verifyCheckpoint,
  verifyNote,
  verifyPromise,
  verifyTlogProof,
  verifyTlogProofOfLeaf,
} from '@split-key-kms/client';
import type { Audit, EntryAnswer, KmsClient, Signed, TrustedKeys } from '@split-key-kms/client';
import { Checkpoints } from '../../src/audit/log/checkpoints.js';
import { verifyPromise as serverVerifyPromise } from '../../src/audit/promises/verify-promise.js';
import { parseVkey as serverParseVkey } from '../../src/audit/tlog/verifier-key.js';
import { verifyNote as serverVerifyNote } from '../../src/audit/tlog/verify-note.js';
import { verifyTlogProof as serverVerifyTlogProof } from '../../src/audit/tlog/verify-tlog-proof.js';
import { GO_CHECKSUMS, GO_EXAMPLE, WITNESSED } from '../audit/tlog/published-notes.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { all, clientOf } from './given-client.js';

let server: TestServer;
let client: KmsClient;
let audit: Audit;
let keys: TrustedKeys;
let signed: Signed;
let entries: EntryAnswer[];
beforeAll(async () => {
  server = await startTestServer({ AUDIT_CHECKPOINT_SECONDS: '3600', LOG_LEVEL: 'silent' });
  client = clientOf(server, 'alice');
  audit = client.audit;
  keys = await audit.trustedKeys();
  const wallet = await client.wallets.create();
  const { key } = await client.splitKeys.create(wallet.client_id);
  for (const text of ['one', 'two', 'three']) signed = await key.signMessage(text);
  await server.app.get(Checkpoints).make();
  entries = await all(audit.entries(wallet.client_id));
});
afterAll(() => server.stop());

/** What the server's verifier says, as the client says it. */
function theirs(verdict: { readonly holds: boolean; readonly why?: string }): unknown {
  return verdict.holds ? true : verdict.why;
}

const ours = theirs;

/** The text with one character after the other changed, and cut short here and there. */
function* damaged(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 1) {
    const other = text[at] === 'A' ? 'B' : 'A';
    yield text.slice(0, at) + other + text.slice(at + 1);
    if (at % 16 === 0) yield text.slice(0, at);
  }
}

describe("the client's verifier", () => {
  it('shows that each entry is in the log, and what else it reads nothing', async () => {
    expect(entries.length).toBeGreaterThan(4);
    for (const entry of entries) expect(await audit.verify(entry, keys)).toMatchObject({ holds: true });
    const [entry] = entries;
    if (entry === undefined) throw new Error('no entry');
    const edited = { ...entry, entry: entry.entry.replace('"approved"', '"denied"') };
    expect(await audit.verify(edited, keys)).toEqual({
      holds: false,
      why: 'proof does not lead from this entry at this index to the root of the checkpoint',
    });
    expect(await audit.verify({ ...entry, id: 'A'.repeat(32) }, keys)).toMatchObject({ holds: false });
  });

  it("says of each damaged proof what the server's offline verifier says", async () => {
    const [entry] = entries;
    const proof = await audit.proof(entry?.id ?? '');
    const bytes = utf8(entry?.entry ?? '');
    const lines = await audit.keys();
    const [log, times] = [serverParseVkey(lines.checkpoints, 'log'), serverParseVkey(lines.times, 'times')];
    const policy = { log: keys.checkpoints, witnesses: keys.times, quorum: 1 };
    let compared = 0;
    for (const text of [proof, ...damaged(proof)]) {
      const expected = theirs(serverVerifyTlogProof(text, bytes, { log: [log], witnesses: [times], quorum: 1 }));
      const found = ours(verifyTlogProof(text, bytes, policy));
      expect(found).toBe(expected);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(400);
  }, 120_000);

  it("says of each damaged promise what the server's verifier says", async () => {
    const entry = entries.find(({ id }) => id === signed.evidence?.entry);
    const bytes = utf8(entry?.entry ?? '');
    const promises = serverParseVkey((await audit.keys()).promises, 'promises');
    const promise = signed.evidence?.promise ?? '';
    const verdict = verifyPromise(promise, { keys: keys.promises }, bytes);
    expect(verdict).toMatchObject({ holds: true, mergeDelaySeconds: 86_400 });
    expect(verdict.holds && toHex(verdict.leaf)).toBe(toHex(leafHash(bytes)));
    for (const text of damaged(promise)) {
      const expected = theirs(serverVerifyPromise(text, bytes, { keys: [promises] }));
      const found = ours(verifyPromise(text, { keys: keys.promises }, bytes));
      expect(found).toBe(expected);
    }
    expect(verifyPromise(promise, { keys: keys.promises }, utf8('another'))).toMatchObject({ holds: false });
    expect(verifyPromise(promise, { keys: keys.promises, origin: 'elsewhere' })).toMatchObject({ holds: false });
  }, 120_000);

  it('holds the proof against the leaf that was promised, without the entry', async () => {
    const verdict = verifyPromise(signed.evidence?.promise ?? '', { keys: keys.promises });
    const leaf = verdict.holds ? verdict.leaf : new Uint8Array();
    const proof = await audit.proof(signed.evidence?.entry ?? '');
    const policy = { log: keys.checkpoints };
    expect(verifyTlogProofOfLeaf(proof, leaf, policy)).toMatchObject({ holds: true });
    expect(
      verifyTlogProofOfLeaf(
        proof,
        leaf.map((byte) => byte ^ 1),
        policy,
      ),
    ).toMatchObject({ holds: false });
  });

  it('reads a checkpoint, and whether as many witnesses saw it as are demanded', async () => {
    const note = await audit.checkpoint();
    const policy = { log: keys.checkpoints, witnesses: keys.times, quorum: 1 };
    expect(verifyCheckpoint(note, policy)).toMatchObject({ holds: true, cosignatures: [{}] });
    const withoutTime = note.replace(/\n— \S+\/times [^\n]+\n$/, '\n');
    expect(withoutTime).not.toBe(note);
    expect(verifyCheckpoint(withoutTime, policy)).toMatchObject({ holds: false });
    expect(verifyCheckpoint(note, { ...policy, origin: 'elsewhere' })).toMatchObject({ holds: false });
    expect(() => verifyCheckpoint(note, { ...policy, quorum: 2 })).toThrow(RangeError);
    expect(() => verifyCheckpoint(note, { log: keys.times })).toThrow(RangeError);
    expect(() => verifyPromise('', { keys: [] })).toThrow(RangeError);
  });

  it.each([
    ['of a log of checksums', GO_CHECKSUMS.note, GO_CHECKSUMS.vkey],
    ['of a person', GO_EXAMPLE.note, GO_EXAMPLE.vkey],
    ['of a witness', WITNESSED.note, WITNESSED.witness],
  ])(
    'takes the published note %s, and none that was damaged',
    (_what, note, vkey) => {
      const [key, theirKey] = [parseVkey(vkey, 'vkey'), serverParseVkey(vkey, 'vkey')];
      expect(verifyNote(note, [key])).toMatchObject({ holds: true });
      for (const text of damaged(note)) {
        expect(verifyNote(text, [key]).holds).toBe(serverVerifyNote(text, [theirKey]).holds);
      }
      for (const text of damaged(vkey)) expect(() => parseVkey(text, 'vkey')).toThrow(/^vkey/);
    },
    120_000,
  );
});
