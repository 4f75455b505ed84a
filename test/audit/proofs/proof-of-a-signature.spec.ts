import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Checkpoints } from '../../../src/audit/log/checkpoints.js';
import { encodeEntryId, parseEntryId } from '../../../src/audit/entry-id.js';
import { parsePromise } from '../../../src/audit/promises/entry-promise.js';
import { verifyPromiseAlone } from '../../../src/audit/promises/verify-promise.js';
import { parseTlogProof } from '../../../src/audit/tlog/tlog-proof.js';
import { parseVkey } from '../../../src/audit/tlog/verifier-key.js';
import { verifyCheckpoint } from '../../../src/audit/tlog/verify-checkpoint.js';
import { verifyInclusion } from '../../../src/audit/tlog/verify-proof.js';
import { kmsHere } from '../../cli/kms-here.js';
import { newDataDirectory, removeDataDirectories } from '../../start/data-directories.js';
import { refusalOf, servedFrom, whileServing } from '../../start/served-directory.js';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { heldKey, signMessage } from '../../support/signing-calls.js';
import type { HeldKey } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { sha3 } from '../../support/wallet-client.js';

interface Keys {
  readonly origin: string;
  readonly checkpoints: string;
  readonly times: string;
  readonly promises: string;
}

const keysOf = async (client: ApiClient): Promise<Keys> => successOf<Keys>(await client.get('/audit/key'));

const idIn = ({ headers }: Answer): string => headers.get('x-audit-entry') ?? '';

const proofOf = (client: ApiClient, id: string): Promise<Answer> => client.get(`/audit/${id}/proof`);

/** What a signer can find out who keeps the answer's headers and a proof: where the log has it, if it has. */
function placeOf(signed: Answer, proof: string, { checkpoints, times, promises }: Keys): string {
  const promise = signed.headers.get('x-audit-promise') ?? '';
  const promised = verifyPromiseAlone(promise, { keys: [parseVkey(promises, 'promises')] });
  const { index, hashes, checkpoint: note } = parseTlogProof(proof, 'proof');
  const trust = { log: [parseVkey(checkpoints, 'log')], witnesses: [parseVkey(times, 'times')], quorum: 1 };
  const shown = verifyCheckpoint(note, trust);
  if (!promised.holds || !shown.holds) return `no promise, or no checkpoint: ${JSON.stringify([promised, shown])}`;
  const { origin, size, root } = shown.checkpoint;
  const isIn = verifyInclusion({ leaf: promised.leaf, index, size, root }, hashes);
  return isIn ? `${index} of ${origin}` : 'not in the log';
}

describe('GET /audit/:entry/proof', () => {
  let server: TestServer;
  let key: HeldKey;
  beforeEach(async () => {
    server = await startTestServer({
      AUDIT_ORIGIN: 'kms.example/audit',
      AUDIT_CHECKPOINT_SECONDS: '3600',
      LOG_LEVEL: 'silent',
    });
    key = heldKey((await splitWallet(server.as('alice'))).key);
  });
  afterEach(() => server.stop());

  const checkpoint = (): Promise<void> => server.app.get(Checkpoints).make();

  it('is answered to whoever signed when a checkpoint has the entry, and until then told to wait', async () => {
    const signed = await signMessage(server.anonymous(), key, sha3('signed'));
    const early = await proofOf(server.anonymous(), idIn(signed));
    expect(problemOf(early, 409).code).toBe('AUDIT.NO_CHECKPOINT_YET');
    expect(early.headers.get('retry-after')).toBe('3600');
    await checkpoint();
    const answer = await proofOf(server.anonymous(), idIn(signed));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    const id = parseEntryId(idIn(signed))?.id ?? 0;
    expect(placeOf(signed, answer.text, await keysOf(server.anonymous()))).toBe(`${id - 1} of kms.example/audit`);
  });

  it('proves each of 64 that signed at once, who all ask at once', async () => {
    const keys = await keysOf(server.anonymous());
    const hashes = Array.from({ length: 64 }, (_, index) => sha3(`at once ${index}`));
    const signed = await Promise.all(hashes.map((hash) => signMessage(server.anonymous(), key, hash)));
    await checkpoint();
    const proofs = await Promise.all(signed.map((one) => proofOf(server.anonymous(), idIn(one))));
    const places = signed.map((one, index) => placeOf(one, proofs[index]?.text ?? '', keys));
    expect(new Set(places).size).toBe(64);
    expect(places.filter((place) => !/^\d+ of kms\.example\/audit$/.test(place))).toEqual([]);
    // The proof of another one shows nothing.
    expect(signed.slice(1).map((one) => placeOf(one, proofs[0]?.text ?? '', keys))).toEqual(
      signed.slice(1).map(() => 'not in the log'),
    );
  });

  it('knows nothing of what is no id, or not of this entry, in the same words, before a checkpoint and after', async () => {
    const signed = await signMessage(server.anonymous(), key, sha3('signed'));
    const { id = 0, salt = '' } = parseEntryId(idIn(signed)) ?? {};
    const ids = [
      encodeEntryId({ id, salt: '0'.repeat(32) }),
      encodeEntryId({ id: id - 1, salt }),
      encodeEntryId({ id: id + 1, salt }),
      String(id),
      `${idIn(signed)}A`,
      idIn(signed).slice(1),
      idIn(signed).toLowerCase(),
      'key',
      '%00',
    ];
    for (const made of [false, true]) {
      if (made) await checkpoint();
      for (const other of ids) {
        const answer = await proofOf(server.as('alice'), other);
        const { code, detail } = problemOf(answer, 404);
        expect([other, code, detail, answer.headers.get('retry-after')]).toEqual([
          other,
          'AUDIT.ENTRY_UNKNOWN',
          'unknown entry',
          null,
        ]);
      }
    }
  });

  it('leaves no entry', async () => {
    const signed = await signMessage(server.anonymous(), key, sha3('signed'));
    const before = (await server.audit()).length;
    await checkpoint();
    expect((await proofOf(server.as('alice'), idIn(signed))).status).toBe(200);
    await proofOf(server.as('alice'), 'nothing');
    expect(await server.audit()).toHaveLength(before);
  });

  it('is limited by the address that asks', async () => {
    const limited = await startTestServer({ RATE_PER_ADDRESS: '5', RATE_BURST_SECONDS: '1', LOG_LEVEL: 'silent' });
    try {
      const answers = await Promise.all(Array.from({ length: 40 }, () => proofOf(limited.anonymous(), 'nothing')));
      expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(20);
    } finally {
      await limited.stop();
    }
  });
});

describe('an entry of before a rollback that was accepted', () => {
  afterAll(removeDataDirectories);

  it('is proven at its old place under the present name, and one that was lost is not', async () => {
    const directory = newDataDirectory();
    const environment = { ...servedFrom(directory), AUDIT_ORIGIN: 'kms.example/audit' };
    const [database, copy] = [join(directory, 'kms.sqlite'), join(directory, '..', 'copy.sqlite')];
    const { kept, key } = await whileServing(environment, async (owner) => {
      const held = heldKey((await splitWallet(owner)).key);
      return { kept: await signMessage(owner, held, sha3('kept')), key: held };
    });
    copyFileSync(database, copy);
    const lost = await whileServing(environment, (owner) => signMessage(owner, key, sha3('lost')));
    for (const suffix of ['-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
    copyFileSync(copy, database);
    const [, head = ''] = /accept-rollback -- (\S+)/.exec(await refusalOf(environment)) ?? [];
    expect(await kmsHere(['audit', 'accept-rollback', head], environment)).toMatchObject({ code: 0 });
    await whileServing(environment, async (owner) => {
      const proof = await proofOf(owner, idIn(kept));
      const place = (parseEntryId(idIn(kept))?.id ?? 0) - 1;
      const { index, hashes, checkpoint: note } = parseTlogProof(proof.text, 'proof');
      const shown = verifyCheckpoint(note, { log: [parseVkey((await keysOf(owner)).checkpoints, 'log')] });
      if (!shown.holds) throw new Error(shown.why);
      expect([index, shown.checkpoint.origin]).toEqual([place, 'kms.example/audit/e1']);
      const { leaf } = parsePromise(kept.headers.get('x-audit-promise') ?? '', 'promise');
      const { size, root } = shown.checkpoint;
      expect(verifyInclusion({ leaf, index, size, root }, hashes)).toBe(true);
      expect(problemOf(await proofOf(owner, idIn(lost)), 404).code).toBe('AUDIT.ENTRY_UNKNOWN');
    });
  });
});
