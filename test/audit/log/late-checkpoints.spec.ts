import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { warnOfCheckpoints } from '../../../src/audit/log/checkpoint-warnings.js';
import { Checkpoints } from '../../../src/audit/log/checkpoints.js';
import { Readiness } from '../../../src/readiness/readiness.js';
import { successOf } from '../../support/api-client.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';

interface Ready {
  readonly status: string;
  readonly warnings?: readonly string[];
}

let server: TestServer;
afterEach(() => server.stop());

async function serve(environment: Record<string, string>): Promise<void> {
  server = await startTestServer({ DATABASE: '', AUDIT_ORIGIN: 'kms.example/audit', ...environment });
}

/** What is warned of; it must be ready all the while. */
async function warnings(): Promise<readonly string[]> {
  const { status, warnings = [] } = successOf<Ready>(await server.anonymous().get('/health/ready'));
  expect(status).toBe('ready');
  return warnings;
}

async function untilWarnings(wanted: readonly string[]): Promise<void> {
  for (let looked = 0; looked < 100; looked += 1) {
    if ((await warnings()).join() === wanted.join()) return;
    await pause(100);
  }
  expect(await warnings()).toEqual(wanted);
}

const makeWallet = async (): Promise<void> => {
  successOf(await server.as('alice').post('/wallet'), 201);
};

const metric = async (name: string): Promise<number> => {
  const { text } = await server.anonymous().get('/metrics');
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
};

describe('a checkpoint that is late', () => {
  beforeEach(() => serve({ AUDIT_CHECKPOINT_SECONDS: '3600' }));

  it('is warned of when an entry has waited for three intervals, and the service stays ready', async () => {
    server.clock.advanceSeconds(100_000);
    expect(await warnings()).toEqual([]);
    await makeWallet();
    server.clock.advanceSeconds(3 * 3600);
    expect(await warnings()).toEqual([]);
    server.clock.advanceMilliseconds(1);
    const late = 'checkpoints: entries of the record have waited for one for longer than 10800 seconds';
    expect(await warnings()).toEqual([late]);
    expect(server.log.filter((line) => line.includes(late))).toHaveLength(1);
    await server.app.get(Checkpoints).make();
    expect(await warnings()).toEqual([]);
  });

  it('is told of by metrics, with its size and its age', async () => {
    await makeWallet();
    server.clock.advanceSeconds(77);
    expect(await metric('kms_record_checkpoint_age_seconds')).toBe(77);
    expect(await metric('kms_record_checkpoint_size')).toBe(0);
    await server.app.get(Checkpoints).make();
    expect(await metric('kms_record_tree_size')).toBe(1);
    expect(await metric('kms_record_checkpoint_size')).toBe(1);
    expect(await metric('kms_record_checkpoint_age_seconds')).toBe(0);
  });
});

describe('a checkpoint that cannot be appended to the file', () => {
  it('is warned of without a path, and appended later, as all that were not', async () => {
    await serve({ AUDIT_CHECKPOINT_SECONDS: '1' });
    const file = join(server.dataDirectory, 'checkpoints');
    const notes = (): string[] => readFileSync(file, 'utf8').match(/^kms\.example\/audit\n\d+$/gmu) ?? [];
    const checkpoints = server.app.get(Checkpoints);
    renameSync(file, join(server.dataDirectory, 'aside'));
    mkdirSync(file);
    for (let size = 1; size <= 3; size += 1) {
      await makeWallet();
      await checkpoints.make();
      expect(checkpoints.newest?.size).toBe(size);
      expect(await warnings()).toEqual(['checkpoint_file: AUDIT_CHECKPOINT_FILE cannot be appended to (EISDIR)']);
    }
    expect(server.log.filter((line) => line.includes('(EISDIR)') && !line.includes('warnings:'))).toHaveLength(1);
    renameSync(file, join(server.dataDirectory, 'no-file'));
    renameSync(join(server.dataDirectory, 'aside'), file);
    await untilWarnings([]);
    expect(notes()).toEqual([0, 1, 2, 3].map((size) => `kms.example/audit\n${size}`));
    expect(readFileSync(file, 'utf8').endsWith(`\n\n${checkpoints.newest?.note ?? ''}\n`)).toBe(true);
  });

  it('since its folder is not there is warned of while nothing new comes, and the folder is made good', async () => {
    const disk = mkdtempSync(join(tmpdir(), 'kms-late-'));
    const folder = join(disk, 'kept');
    await serve({ AUDIT_CHECKPOINT_SECONDS: '1', AUDIT_CHECKPOINT_FILE: join(folder, 'checkpoints') });
    const missing = ['checkpoint_file: AUDIT_CHECKPOINT_FILE cannot be appended to (ENOENT)'];
    expect(await warnings()).toEqual(missing);
    mkdirSync(folder);
    await untilWarnings([]);
    expect(readFileSync(join(folder, 'checkpoints'), 'utf8')).toContain('kms.example/audit\n0\n');
    rmSync(disk, { recursive: true });
    await untilWarnings(missing);
  });
});

describe('checkpoints that are nowhere else', () => {
  beforeEach(() => serve({}));

  const told = async (kept: Partial<Parameters<typeof warnOfCheckpoints>[0]>): Promise<readonly string[]> => {
    const readiness = new Readiness();
    const database = join(server.dataDirectory, 'kms.sqlite');
    const file = join(server.dataDirectory, 'checkpoints');
    const usual = { everySeconds: 10, production: true, database, file, witnesses: 0 };
    warnOfCheckpoints({ ...usual, ...kept }, server.app.get(Checkpoints), server.clock, readiness);
    return readiness.warnings();
  };
  const line =
    'checkpoint_copies: AUDIT_CHECKPOINT_FILE is on the disk of the database, and no witness is asked: both can be set ' +
    'back together';

  it('than beside the database are warned of in production alone', async () => {
    expect(await told({})).toEqual([line]);
    expect(await told({ production: false })).toEqual([]);
    expect(await warnings()).toEqual([]);
  });

  it('but on another device, or with a witness, are not', async () => {
    // Never on the disk of a database.
    expect(await told({ file: '/proc/version' })).toEqual([]);
    expect(await told({ witnesses: 1 })).toEqual([]);
  });
});
