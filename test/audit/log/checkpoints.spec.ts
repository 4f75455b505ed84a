import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseVkey } from '../../../src/audit/tlog/verifier-key.js';
import { verifyCheckpoint } from '../../../src/audit/tlog/verify-checkpoint.js';
import { successOf } from '../../support/api-client.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { rootOf } from '../tree/record-world.js';

interface Keys {
  readonly origin: string;
  readonly checkpoints: string;
  readonly times: string;
  readonly promises: string;
}

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ DATABASE: '', AUDIT_ORIGIN: 'kms.example/audit', AUDIT_CHECKPOINT_SECONDS: '1' });
});
afterEach(() => server.stop());

const noteOf = async (): Promise<string> => (await server.anonymous().get('/audit/checkpoint')).text;

const keys = async (): Promise<Keys> => successOf<Keys>(await server.anonymous().get('/audit/key'));

/** Waits for a checkpoint of so many entries. */
async function untilSize(size: number): Promise<string> {
  for (let looked = 0; looked < 100; looked += 1) {
    const note = await noteOf();
    if (Number(note.split('\n')[1]) >= size) return note;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no checkpoint of ${size} entries came`);
}

async function texts(): Promise<string[]> {
  const rows = await server.dataSource().query<{ entry: string }[]>('SELECT entry FROM audit_entries ORDER BY id');
  return rows.map(({ entry }) => entry);
}

describe('GET /audit/checkpoint', () => {
  it('is there from the start on, and then of all entries, signed and cosigned with the time', async () => {
    expect((await noteOf()).split('\n').slice(0, 2)).toEqual(['kms.example/audit', '0']);
    for (let made = 0; made < 3; made += 1) successOf(await server.as('alice').post('/wallet'), 201);
    const note = await untilSize(3);
    const { checkpoints, times } = await keys();
    const verdict = verifyCheckpoint(note, {
      log: [parseVkey(checkpoints, 'checkpoints')],
      witnesses: [parseVkey(times, 'times')],
      quorum: 1,
    });
    expect(verdict).toMatchObject({
      holds: true,
      checkpoint: { origin: 'kms.example/audit', size: 3, extensionLines: [] },
      cosignatures: [{ name: 'kms.example/audit/times', timestampSeconds: server.clock.nowSeconds() }],
    });
    expect(verdict.holds && verdict.checkpoint.root.toString('hex')).toBe(rootOf(await texts()));
    const answer = await server.anonymous().get('/audit/checkpoint');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('is appended to the file, which its owner alone may read, and stays the same while nothing comes', async () => {
    successOf(await server.as('alice').post('/wallet'), 201);
    const note = await untilSize(1);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const file = readFileSync(join(server.dataDirectory, 'checkpoints'), 'utf8');
    expect(file.endsWith(`\n\n${note}\n`)).toBe(true);
    expect(file.match(/^kms\.example\/audit$/gmu)).toHaveLength(2);
    expect(await noteOf()).toBe(note);
  });
});

describe('GET /audit/key', () => {
  it('has three keys, each of another kind or name, that stay', async () => {
    const { origin, checkpoints, times, promises } = await keys();
    const names = [checkpoints, times, promises].map((vkey) => {
      const { name, type } = parseVkey(vkey, 'vkey');
      return [name, type];
    });
    expect([origin, ...names]).toEqual([
      'kms.example/audit',
      ['kms.example/audit', 'ed25519'],
      ['kms.example/audit/times', 'cosignature/v1'],
      ['kms.example/audit/promises', 'ed25519'],
    ]);
    expect(
      new Set([checkpoints, times, promises].map((vkey) => parseVkey(vkey, '').publicKey.toString('hex'))).size,
    ).toBe(3);
  });
});

describe('what was said stays', () => {
  it.each([
    `UPDATE audit_checkpoints SET note = ''`,
    'DELETE FROM audit_checkpoints',
    `REPLACE INTO audit_checkpoints (origin, size, at_ms, note) VALUES ('kms.example/audit', 0, 0, '')`,
    `INSERT INTO audit_checkpoints (origin, size, at_ms, note) SELECT origin, size, 0, '' FROM audit_checkpoints`,
    `UPDATE audit_epochs SET origin = 'another'`,
    'DELETE FROM audit_epochs',
    `REPLACE INTO audit_epochs (number, origin, size, at_ms) VALUES (0, 'another', 0, 0)`,
  ])('against %s', async (sql) => {
    const before = await noteOf();
    await expect(server.dataSource().query(sql)).rejects.toThrow('what the log has said stays');
    expect(await noteOf()).toBe(before);
  });
});

describe('the file', () => {
  it('that was torn is gone on with, and its last whole checkpoint counts', async () => {
    const path = join(server.dataDirectory, 'checkpoints');
    // It is appended after it can be read.
    const appended = async (note: string): Promise<string> => {
      for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
        if (readFileSync(path, 'utf8').endsWith(`\n\n${note}\n`)) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return readFileSync(path, 'utf8');
    };
    successOf(await server.as('alice').post('/wallet'), 201);
    const whole = await appended(await untilSize(1));
    writeFileSync(path, whole.slice(0, -30));
    successOf(await server.as('alice').post('/wallet'), 201);
    const note = await untilSize(2);
    expect(await appended(note)).toBe(`${whole.slice(0, -30)}\n\n${note}\n`);
  });
});
