import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verifySignature, timestampOf } from '../../../src/audit/tlog/note-signatures.js';
import { parseSignatureLines } from '../../../src/audit/tlog/signed-note.js';
import { parseVkey } from '../../../src/audit/tlog/verifier-key.js';
import { startWitness } from '../../../src/audit/witness/start-witness.js';
import type { RunningWitness, WitnessSettings } from '../../../src/audit/witness/start-witness.js';
import { log, oldLog, stranger } from '../tlog/given-signers.js';
import { Branch } from './forked-log.js';

const NOW = 1_764_400_000;

let directory: string;
let settings: WitnessSettings;
let witnesses: RunningWitness[];
let said: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kms-witness-'));
  witnesses = [];
  said = [];
  settings = {
    host: '127.0.0.1',
    port: 0,
    logs: [log.key],
    state: join(directory, 'state'),
    key: join(directory, 'key'),
    name: 'witness.example/w1',
    nowSeconds: () => NOW,
    say: (line) => said.push(line),
  };
});
afterEach(async () => {
  for (const witness of witnesses) await witness.close();
  rmSync(directory, { recursive: true });
});

async function start(changed: Partial<WitnessSettings> = {}): Promise<RunningWitness> {
  const witness = await startWitness({ ...settings, ...changed });
  witnesses.push(witness);
  return witness;
}

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: string;
}

async function ask({ port }: RunningWitness, body: string | Buffer, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}/add-checkpoint`, { method: 'POST', body, ...init });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

const main = new Branch('main', 200, 0);

describe('a witness', () => {
  it('cosigns what goes on from what it cosigned, with the time', async () => {
    const witness = await start();
    const key = parseVkey(witness.vkey, 'vkey');
    expect([key.name, key.type]).toEqual(['witness.example/w1', 'cosignature/v1']);
    for (const [oldSize, size] of [
      [0, 0],
      [0, 7],
      [7, 7],
      [7, 130],
      [130, 200],
    ] as const) {
      const { status, type, body } = await ask(witness, main.request(oldSize, size));
      expect([status, type]).toEqual([200, 'text/plain; charset=utf-8']);
      const [signature, ...more] = parseSignatureLines(body, 'answer');
      if (signature === undefined) throw new Error('no signature');
      expect([signature.keyName, signature.keyId, more]).toEqual([key.name, key.id, []]);
      expect(verifySignature(main.text(size), signature, key)).toBe(true);
      expect(timestampOf(signature, key)).toBe(NOW);
    }
  });

  it('says which size it cosigned last when asked to go on from another, also after a restart', async () => {
    let witness = await start();
    const conflict = { status: 409, type: 'text/x.tlog.size', body: '0\n' };
    expect(await ask(witness, main.request(3, 7))).toEqual(conflict);
    await ask(witness, main.request(0, 7));
    for (const request of [main.request(0, 9), main.request(5, 9), main.request(8, 9), main.request(3, 3)]) {
      expect(await ask(witness, request)).toEqual({ ...conflict, body: '7\n' });
    }
    await witness.close();
    witness = await start();
    expect(await ask(witness, main.request(0, 9))).toEqual({ ...conflict, body: '7\n' });
    expect((await ask(witness, main.request(7, 9))).status).toBe(200);
  });

  it('cosigns no other history', async () => {
    const witness = await start();
    const fork = new Branch('fork', 200, 5);
    await ask(witness, main.request(0, 100));
    expect(await ask(witness, fork.request(100, 100))).toMatchObject({
      status: 409,
      type: 'text/plain; charset=utf-8',
    });
    expect(await ask(witness, fork.request(100, 150))).toMatchObject({ status: 422 });
    expect((await ask(witness, main.request(100, 150))).status).toBe(200);
  });

  it('knows the logs that it was given, by all their keys, and no others', async () => {
    const witness = await start({ logs: [log.key, oldLog.key] });
    expect((await ask(witness, new Branch('main', 3, 0, oldLog).request(0, 3))).status).toBe(200);
    expect((await ask(witness, main.request(3, 5))).status).toBe(200);
    expect(await ask(witness, new Branch('main', 3, 0, stranger).request(0, 3))).toMatchObject({ status: 404 });
    const other = await start({ state: join(directory, 'other'), key: join(directory, 'other-key') });
    expect(await ask(other, new Branch('main', 3, 0, oldLog).request(0, 3))).toMatchObject({ status: 403 });
  });

  it.each(['', 'old', 'old 0\n\n', `old 9\n\n${main.note(3)}`, '\0'.repeat(100), `old 0\n\n${main.note(3).slice(1)}`])(
    'refuses %j as malformed or unknown',
    async (body) => {
      const { status, type } = await ask(await start(), body);
      expect([400, 404]).toContain(status);
      expect(type).toBe('text/plain; charset=utf-8');
    },
  );

  it('answers nothing else, and reads no more than 64 KiB', async () => {
    const witness = await start();
    const at = `http://127.0.0.1:${witness.port}`;
    expect((await fetch(`${at}/`)).status).toBe(404);
    expect((await fetch(`${at}/add-checkpoint/`, { method: 'POST' })).status).toBe(404);
    const read = await fetch(`${at}/add-checkpoint`);
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST']);
    // As somebody who does not stop sending.
    const answer = await new Promise((resolve, reject) => {
      const sending = httpRequest(`${at}/add-checkpoint`, { method: 'POST' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sending.on('error', reject).write('x'.repeat(70_000));
    });
    expect(answer).toBe(413);
    expect((await ask(witness, main.request(0, 9))).status).toBe(200);
    expect(said).toEqual([]);
  });

  it('cosigns nothing that it cannot keep', async () => {
    const witness = await start();
    const shell = new BetterSqlite3(join(settings.state, 'witness.sqlite'));
    shell.exec('BEGIN IMMEDIATE');
    expect(await ask(witness, main.request(0, 9))).toMatchObject({ status: 500, body: 'nothing was cosigned\n' });
    expect(said).toEqual([expect.stringContaining('database is locked')]);
    shell.exec('ROLLBACK');
    shell.close();
    expect(await ask(witness, main.request(5, 9))).toMatchObject({ status: 409, body: '0\n' });
    expect((await ask(witness, main.request(0, 9))).status).toBe(200);
  });
});
