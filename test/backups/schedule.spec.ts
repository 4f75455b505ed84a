import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { BackupSchedule } from '../../src/backups/backup-schedule.js';
import { ensureBuilt } from '../support/built-server.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3 } from '../support/wallet-client.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';

jest.setTimeout(120_000);

const HOUR = 3600;
let identity: string;
let directory: string;
let folder: string;
let server: TestServer;
beforeAll(async () => {
  ensureBuilt();
  identity = await generateX25519Identity();
}, 240_000);
afterAll(removeDataDirectories);
beforeEach(async () => {
  directory = newDataDirectory();
  folder = join(directory, '..', 'backups');
  mkdirSync(folder);
  server = await serve();
});
afterEach(() => server.close());

async function serve(): Promise<TestServer> {
  const started = await startTestServer({
    DATA_DIR: directory,
    DATABASE: join(directory, 'kms.sqlite'),
    BACKUP_DIR: folder,
    BACKUP_RECIPIENTS: await identityToRecipient(identity),
    BACKUP_EVERY_HOURS: '6',
    BACKUP_KEEP: '2',
  });
  // The start has begun one where one is due.
  await started.app.get(BackupSchedule).backUpIfDue();
  return started;
}

const look = (): Promise<void> => server.app.get(BackupSchedule).backUpIfDue();
const made = (): string[] => readdirSync(folder).filter((name) => /^kms-\d{8}T\d{6}Z\.age$/.test(name));
const warnings = async (): Promise<string[]> =>
  ((await server.anonymous().get('/health/ready')).json as { warnings?: string[] }).warnings?.filter((line) =>
    line.startsWith('backup: '),
  ) ?? [];
const recorded = async (): Promise<number> =>
  (await server.audit()).filter(({ action }) => action === 'make-backup').length;

describe('the schedule of backups', () => {
  it('makes one at once, which its recipient opens, and records it', async () => {
    expect(made()).toHaveLength(1);
    const file = join(folder, made()[0] ?? '');
    expect(lstatSync(file).mode & 0o777).toBe(0o600);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const plain = Buffer.from(await decrypter.decrypt(readFileSync(file)));
    expect(plain.subarray(0, 15).toString()).toBe('SQLite format 3');
    expect(await recorded()).toBe(1);
    expect(await warnings()).toEqual([]);
    const metrics = (await server.anonymous().get('/metrics')).text;
    expect(metrics).toMatch(/^kms_backup_age_seconds\{folder="BACKUP_DIR"\} \d+$/m);
    expect(metrics).toContain('kms_backups_total{outcome="made"} 1');
  });

  it('makes the next one when it is due and not before, also behind a restart', async () => {
    server.clock.advanceSeconds(6 * HOUR - 2);
    await look();
    expect(made()).toHaveLength(1);
    await server.close();
    server = await serve();
    expect(made()).toHaveLength(1);
    server.clock.advanceSeconds(6 * HOUR);
    await look();
    expect(made()).toHaveLength(2);
  });

  it('removes the oldest beyond so many, and only files that it has made itself', async () => {
    const others = ['kms-mine.age', 'kms-20200101T000000Z.age.old', 'notes'];
    for (const name of others) writeFileSync(join(folder, name), 'of somebody else');
    mkdirSync(join(folder, 'kms-20200101T000000Z.age'));
    const [first = ''] = made().filter((name) => !name.includes('20200101'));
    for (let turn = 0; turn < 2; turn += 1) {
      server.clock.advanceSeconds(6 * HOUR);
      await look();
    }
    const now = made().filter((name) => !name.includes('20200101'));
    expect(now).toHaveLength(2);
    expect(now).not.toContain(first);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining([...others, 'kms-20200101T000000Z.age']));
  });

  it('signs on while it cannot, warns, removes nothing, and tries again', async () => {
    const { wallet, key } = await splitWallet(server.as('alice'));
    expect(wallet.client_id).toMatch(/^[0-9a-f]{64}$/);
    const before = made();
    renameSync(folder, `${folder}-away`);
    server.clock.advanceSeconds(6 * HOUR);
    await look();
    expect(await warnings()).toEqual(['backup: the last one failed; the newest is 6 hours old']);
    expect((await server.anonymous().get('/metrics')).text).toContain('kms_backups_total{outcome="failed"} 1');
    expect((await signMessage(server.anonymous(), heldKey(key), sha3('meanwhile'))).status).toBe(200);
    renameSync(`${folder}-away`, folder);
    expect(made()).toEqual(before);
    await look();
    expect(made()).toEqual(before);
    server.clock.advanceSeconds(600);
    await look();
    expect([made().length, await warnings()]).toEqual([2, []]);
  });

  it('makes one where all others are from a future that was none, and keeps that one', async () => {
    await server.close();
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    for (const year of ['2099', '2098', '2097']) writeFileSync(join(folder, `kms-${year}0101T000000Z.age`), '');
    server = await serve();
    const now = made().filter((name) => !name.startsWith('kms-209'));
    expect([now.length, made().length]).toEqual([1, 2]);
  });
});
