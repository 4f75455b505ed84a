import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { verifyCheckpoint } from '../../../src/audit/tlog/verify-checkpoint.js';
import { encodeVkey, parseVkey } from '../../../src/audit/tlog/verifier-key.js';
import type { RunningWitness } from '../../../src/audit/witness/start-witness.js';
import { kmsHere } from '../../cli/kms-here.js';
import { makeWallet } from '../../start/served-directory.js';
import { heldKey, signMessage } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { sha3 } from '../../support/wallet-client.js';
import { alice, anybody, asked, checkpoint, vkeyOf, warningsOf, WitnessedWorld } from './witnessed-service.js';

let world: WitnessedWorld;
let log: string;
beforeEach(async () => {
  world = new WitnessedWorld();
  const first = await world.serve();
  log = await vkeyOf(first);
  await world.close(first);
});
afterEach(() => world.stop());

/** The size of a note, after it was shown to be signed by the log and cosigned by these. */
function witnessedSize(note: string, ...witnesses: readonly RunningWitness[]): number {
  const keys = witnesses.map(({ vkey }) => parseVkey(vkey, 'vkey'));
  const verdict = verifyCheckpoint(note, {
    log: [parseVkey(log, 'vkey')],
    witnesses: keys,
    quorum: keys.length,
  });
  if (!verdict.holds) throw new Error(verdict.why);
  return verdict.checkpoint.size;
}

const metric = (text: string, name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);

/** The same key under the name that the log has after rollbacks were accepted. */
function renamed(vkey: string, name: string): string {
  const { publicKey } = parseVkey(vkey, 'vkey');
  const material = Buffer.concat([Buffer.of(1), publicKey]);
  const id = createHash('sha256').update(`${name}\n`).update(material).digest('hex').slice(0, 8);
  const key = parseVkey(`${name}+${id}+${material.toString('base64')}`, 'vkey');
  return encodeVkey(key);
}

describe('the witnesses of the record', () => {
  it('cosign each checkpoint, and everybody sees it: readers, the database and the file', async () => {
    const witnesses = [await world.witness('w1', [log]), await world.witness('w2', [log])];
    const server = await world.serve(asked(...witnesses));
    for (const made of [1, 2, 3]) {
      await makeWallet(alice(server));
      await checkpoint(server);
      const { text } = await anybody(server).get('/audit/checkpoint');
      expect(witnessedSize(text, ...witnesses)).toBe(made);
      expect(readFileSync(join(world.data, 'checkpoints'), 'utf8').endsWith(`\n\n${text}\n`)).toBe(true);
    }
    expect(await warningsOf(server)).toBe('');
    world.clock.advanceSeconds(7);
    const { text } = await anybody(server).get('/metrics');
    expect(metric(text, 'kms_record_witness_size{witness="witness.example/w2"}')).toBe(3);
    expect(metric(text, 'kms_record_witness_age_seconds{witness="witness.example/w2"}')).toBe(7);
    await world.close(server);
    // What they have said is there at the next start, though nobody answers then.
    for (const witness of witnesses) await witness.close();
    const again = await world.serve(asked(...witnesses));
    expect(witnessedSize((await anybody(again).get('/audit/checkpoint')).text, ...witnesses)).toBe(3);
  });

  it('are asked again when they do not answer, or do not know the log yet, and it is warned meanwhile', async () => {
    const [there, away] = [await world.witness('w1', [log]), await world.witness('w2', [])];
    const server = await world.serve(asked(there, away));
    await makeWallet(alice(server));
    await checkpoint(server);
    const unknown =
      'witnesses: witness.example/w2 has not cosigned: it does not know this log (404): it must be given the log’s vkey';
    expect(await warningsOf(server)).toBe(unknown);
    await away.close();
    await makeWallet(alice(server));
    await checkpoint(server);
    expect(await warningsOf(server)).toMatch(/w2 has not cosigned: its endpoint cannot be reached \(ECONNREFUSED\)$/);
    expect(world.logged.filter((line) => /"Record".*ECONNREFUSED/.test(line))).toHaveLength(1);
    const { text } = await anybody(server).get('/audit/checkpoint');
    expect(witnessedSize(text, there)).toBe(2);
    expect(() => witnessedSize(text, there, away)).toThrow('cosignatures');
    const back = await world.witness('w2', [log], away.port);
    await checkpoint(server);
    expect(await warningsOf(server)).toBe('');
    expect(witnessedSize((await anybody(server).get('/audit/checkpoint')).text, there, back)).toBe(2);
  });

  it('say what stays said, in the database too', async () => {
    const witness = await world.witness('w1', [log]);
    const server = await world.serve(asked(witness));
    await checkpoint(server);
    await world.close(server);
    const connection = new BetterSqlite3(join(world.data, 'kms.sqlite'));
    const lines = (): unknown[] => connection.prepare('SELECT * FROM audit_cosignatures').all();
    const before = lines();
    expect(before.length).toBeGreaterThan(0);
    for (const sql of [
      "UPDATE audit_cosignatures SET line = ''",
      'DELETE FROM audit_cosignatures',
      "INSERT OR REPLACE INTO audit_cosignatures SELECT origin, witness, size, '' FROM audit_cosignatures",
    ]) {
      expect(() => connection.exec(sql)).toThrow('what a witness has said stays');
    }
    expect(lines()).toEqual(before);
    connection.close();
  });
});

describe('a whole volume that was set back', () => {
  it('is refused at the start, since a witness has seen more, until that is accepted under another name', async () => {
    const witness = await world.witness('w1', [log, renamed(log, 'kms.example/audit/e1')]);
    let server = await world.serve(asked(witness));
    await makeWallet(alice(server));
    await world.close(server);
    const yesterday = world.copyData('yesterday');
    server = await world.serve(asked(witness));
    for (let made = 2; made <= 4; made += 1) await makeWallet(alice(server));
    await world.close(server);
    world.putBack(yesterday);

    const line = await world.refusal(asked(witness));
    expect(line).toContain('the witness witness.example/w1 in AUDIT_WITNESS_URLS contradicts the database');
    expect(line).toContain('it has cosigned 4 entries, more than there are');
    expect(line).toContain('npm run accept-rollback -- 4 ');
    const environment = world.environment(asked(witness));
    // The head in the file is one that the database goes on from, so it is not what was lost.
    expect(await kmsHere(['audit', 'accept-rollback', 'four'], environment)).toMatchObject({ code: 2, out: '' });
    await world.refusal(asked(witness));
    const accepted = await kmsHere(['audit', 'accept-rollback', '4'], environment);
    expect(accepted).toMatchObject({ code: 0, out: expect.stringContaining('kms.example/audit/e1') });

    server = await world.serve(asked(witness));
    await checkpoint(server);
    expect(await warningsOf(server)).toBe('');
    const connection = new BetterSqlite3(join(world.data, 'kms.sqlite'), { readonly: true });
    const entry = connection
      .prepare<[], string>("SELECT entry FROM audit_entries WHERE entry ->> '$.action' = 'accept-rollback'")
      .pluck()
      .get();
    connection.close();
    expect(JSON.parse(entry ?? '')).toMatchObject({
      facts: { lost_head: { origin: 'kms.example/audit', size: 4 }, log: { after: 'kms.example/audit/e1' } },
    });
  });

  it('and has grown since, unseen, is contradicted as well: two records of one log', async () => {
    const witness = await world.witness('w1', [log]);
    const other = world.copyData('other');
    const [one, two] = [await world.serve(asked(witness)), await world.serve(asked(witness), other)];
    await makeWallet(alice(one));
    await checkpoint(one);
    await makeWallet(alice(two));
    await checkpoint(two);
    const contradicted = 'witnesses: witness.example/w1 contradicts the log: it has cosigned another root of 1 entries';
    expect(await warningsOf(two)).toBe(contradicted);
    for (let made = 2; made <= 3; made += 1) await makeWallet(alice(two));
    await checkpoint(two);
    expect(await warningsOf(two)).toContain('what it cosigned of 1 entries is not how this record begins');
    expect(await warningsOf(one)).toBe('');
    await world.close(two);
    expect(await world.refusal(asked(witness), other)).toContain('accept-rollback -- 1 ');
  });
});

describe('where witnesses are required', () => {
  const required = (...witnesses: readonly RunningWitness[]): Record<string, string> => ({
    ...asked(...witnesses),
    AUDIT_WITNESS_POLICY: 'require',
  });

  it('nothing is signed before they have seen the record, nor when they do not for a minute; revoking goes on', async () => {
    const witness = await world.witness('w1', [log]);
    await witness.close();
    const server = await world.serve({ ...required(witness), AUDIT_CHECKPOINT_SECONDS: '10' });
    const { key } = await splitWallet(alice(server));
    const { key: other } = await splitWallet(alice(server));
    const held = heldKey(key);
    const sign = (text: string) => signMessage(anybody(server), held, sha3(text));
    const refused = await sign('before');
    expect([refused.status, refused.json]).toEqual([503, expect.objectContaining({ code: 'AUDIT.NOT_WITNESSED' })]);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);

    const back = await world.witness('w1', [log], witness.port);
    await checkpoint(server);
    expect((await sign('seen')).status).toBe(200);
    await back.close();
    world.clock.advanceSeconds(60);
    await checkpoint(server);
    expect((await sign('a minute later')).status).toBe(200);
    world.clock.advanceSeconds(1);
    expect((await sign('too long')).json).toMatchObject({ code: 'AUDIT.NOT_WITNESSED' });
    expect(await warningsOf(server)).toContain('entries have waited to be witnessed for longer than 60 seconds');
    const revoked = await alice(server).post(`/revoke/${other.client_id}`, { public_key: other.public_key });
    expect(revoked.status).toBe(200);

    await world.witness('w1', [log], witness.port);
    await checkpoint(server);
    expect((await sign('too long')).status).toBe(200);
    expect(await warningsOf(server)).toBe('');
  });

  it('a quorum of them is enough, and one that contradicts is too many', async () => {
    const [one, two] = [await world.witness('w1', [log]), await world.witness('w2', [log])];
    const other = world.copyData('other');
    const server = await world.serve({ ...required(one, two), AUDIT_WITNESS_QUORUM: '1' });
    const forked = await world.serve(asked(one), other);
    const { key } = await splitWallet(alice(server));
    const sign = (text: string) => signMessage(anybody(server), heldKey(key), sha3(text));
    await one.close();
    world.clock.advanceSeconds(1000);
    await checkpoint(server);
    expect((await sign('one of two')).status).toBe(200);

    // To the one that was away somebody shows another record of the same size.
    await world.witness('w1', [log], one.port);
    for (let made = 1; made <= 3; made += 1) await makeWallet(alice(forked));
    await checkpoint(forked);
    await checkpoint(server);
    expect(await warningsOf(server)).toContain('w1 contradicts the log: it has cosigned another root of 3 entries');
    expect((await sign('one of two')).json).toMatchObject({ code: 'AUDIT.NOT_WITNESSED' });
  });
});
