import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseSignatureLines } from '../../src/audit/tlog/signed-note.js';
import { encodeVkey, parseVkey } from '../../src/audit/tlog/verifier-key.js';
import { log, witness as cosigner } from '../audit/tlog/given-signers.js';
import { Branch } from '../audit/witness/forked-log.js';

const PROGRAM = fileURLToPath(new URL('../../dist/cli/kms.js', import.meta.url));
const VKEY = encodeVkey(log.key);
const main = new Branch('main', 20, 0);
const fork = new Branch('fork', 20, 5);

let directory: string;
let running: ChildProcess[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kms-witness-command-'));
  running = [];
});
afterEach(() => {
  for (const process of running) process.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

const words = (...more: readonly string[]): string[] => [
  ...[PROGRAM, 'audit', 'witness', '--state', join(directory, 'state'), '--key', join(directory, 'key')],
  ...['--name', 'witness.example/w1', '--log', VKEY, ...more],
];

interface Started {
  readonly process: ChildProcess;
  readonly vkey: string;
  readonly url: string;
}

async function start(...more: readonly string[]): Promise<Started> {
  const started = spawn(process.execPath, words('--port', '0', ...more), { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(started);
  const [[vkey], [listens]] = (await Promise.all([
    once(createInterface(started.stdout), 'line'),
    once(createInterface(started.stderr), 'line'),
  ])) as [[string], [string]];
  return { process: started, vkey, url: /http:\S+/.exec(listens)?.[0] ?? '' };
}

async function ask({ url }: Started, body: string): Promise<[number, string]> {
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  return [response.status, await response.text()];
}

function refusal(...more: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, words(...more), { timeout: 20_000 }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), said: `${stdout}${stderr}` });
    });
  });
}

describe('kms audit witness', () => {
  it('cosigns what goes on, prints its key, and ends in good order; another start goes on from there', async () => {
    const first = await start();
    const key = parseVkey(first.vkey, 'vkey');
    expect([key.name, key.type]).toEqual(['witness.example/w1', 'cosignature/v1']);
    const [status, body] = await ask(first, main.request(0, 7));
    expect([status, parseSignatureLines(body, 'answer')[0]?.keyId]).toEqual([200, key.id]);
    first.process.kill('SIGTERM');
    expect(await once(first.process, 'exit')).toEqual([0, null]);

    const second = await start();
    expect(second.vkey).toBe(first.vkey);
    expect(await ask(second, main.request(0, 9))).toEqual([409, '7\n']);
    expect((await ask(second, fork.request(7, 9)))[0]).toBe(422);
    expect((await ask(second, main.request(7, 9)))[0]).toBe(200);
    second.process.kill('SIGINT');
    expect(await once(second.process, 'exit')).toEqual([0, null]);
  });

  it('keeps its key to its owner, and shows it nowhere', async () => {
    const { vkey } = await start();
    expect(statSync(join(directory, 'key')).mode & 0o077).toBe(0);
    expect(statSync(join(directory, 'state')).mode & 0o077).toBe(0);
    const secret = /\+[0-9a-f]{8}\+(\S+)\n$/.exec(readFileSync(join(directory, 'key'), 'utf8'))?.[1] ?? '';
    expect(secret).toHaveLength(44);
    expect(vkey).not.toContain(secret);
  });

  it.each([
    [['--port', 'http'], '--port must be a whole number from 0 to 65535'],
    [['--port', '65536'], '--port must be a whole number from 0 to 65535'],
    [['--log', 'kms.example+00000000+AAAA'], '--log must be of type 1 (Ed25519) or 4 (cosignature/v1)'],
    [['--log', encodeVkey(cosigner.key)], '--log must be a key of checkpoints'],
    [['--name', 'two words'], '--name must be one word without +'],
    [['--lgo', VKEY], "unknown option '--lgo'"],
    [['--host', '203.0.113.1'], 'it cannot listen there (EADDRNOTAVAIL)'],
  ])('refuses %j, and makes nothing that would be in the way of the next start', async (more, why) => {
    const { code, said } = await refusal(...more);
    expect([code, said]).toEqual([2, expect.stringContaining(why)]);
    expect(said).not.toContain('    at ');
    const { url } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('refuses a port that is taken, and a state without its key', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await refusal('--port', String(port))).toEqual({
      code: 2,
      said: expect.stringContaining('it cannot listen there (EADDRINUSE)') as unknown,
    });
    server.close();
    expect(existsSync(join(directory, 'key'))).toBe(true);
    rmSync(join(directory, 'key'));
    expect(await refusal('--port', '0')).toMatchObject({ code: 2, said: expect.stringContaining('--key') as unknown });
  });

  it('asks for what it needs', async () => {
    const said = await new Promise<string>((resolve) => {
      execFile(process.execPath, [PROGRAM, 'audit', 'witness'], (_, stdout, stderr) => {
        resolve(`${stdout}${stderr}`);
      });
    });
    expect(said).toContain("required option '--state <folder>' not specified");
  });
});
