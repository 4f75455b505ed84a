import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OTHER_CERTIFICATE, OTHER_KEY, writeTlsFiles } from '../config/tls-files.js';
import { ensureBuilt, killLeftovers, PROJECT, startBuilt } from '../support/built-server.js';
import type { BuiltServer } from '../support/built-server.js';
import { RawConnection } from '../support/raw-connection.js';
import { isInstalled } from '../docs/tour-shell.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

const HEALTH = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n';

const started: ChildProcess[] = [];

beforeAll(() => {
  if (!isInstalled()) throw new Error('run npm ci first: npm start would do it under the hands of the other tests');
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  for (const child of started) child.kill('SIGKILL');
  removeDataDirectories();
});

/** Resolves once the child has written this; fails when it ends before. */
async function written(built: BuiltServer, pattern: RegExp): Promise<void> {
  const found = new Promise<void>((resolve) => {
    const look = (): void => {
      if (pattern.test(built.stdout() + built.stderr())) resolve();
    };
    built.process.stdout?.on('data', look);
    built.process.stderr?.on('data', look);
    look();
  });
  const over = built.ended.then(({ code }) => {
    throw new Error(`ended with ${code} before it wrote ${String(pattern)}: ${built.stderr()}`);
  });
  await Promise.race([found, over]);
}

/** The serial number of the certificate that a new connection is shown. */
function shownCertificate(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

const linesWith = (built: BuiltServer, word: string): string[] =>
  built
    .stdout()
    .split('\n')
    .filter((line) => line.includes(word));

describe('SIGHUP', () => {
  it('does nothing but a line in the log where there is no TLS', async () => {
    const built = await startBuilt({ DATA_DIR: newDataDirectory() });
    built.process.kill('SIGHUP');
    await written(built, /SIGHUP: there are no TLS files/);
    const connection = await RawConnection.to(built.url);
    connection.send(HEALTH);
    expect((await connection.answer()).status).toBe(200);
    connection.close();
    built.process.kill('SIGTERM');
    expect(await built.ended).toEqual({ code: 0, signal: null });
  });

  it('gives new connections of every port the new certificate, and leaves the old ones alone', async () => {
    const directory = newDataDirectory();
    mkdirSync(directory, { mode: 0o700 });
    const { certificate, key } = writeTlsFiles(directory);
    const built = await startBuilt({
      DATA_DIR: directory,
      TLS_CERT_FILE: certificate,
      TLS_KEY_FILE: key,
      ZVAULT_PORT: '0',
      ZAUTH_PORT: '0',
    });
    await written(built, /SDK dialect .*\n/);
    const services = /SDK dialect +(\S+) +(\S+)/.exec(built.stdout())?.slice(1) ?? [];
    const ports = [built.url, ...services].map((url) => Number(new URL(url).port));
    expect(new Set(ports).size).toBe(3);
    const shown = async (): Promise<string[]> => [...new Set(await Promise.all(ports.map(shownCertificate)))];
    const kept = await RawConnection.to(built.url);
    const first = await shown();
    expect(first).toHaveLength(1);

    // Half of a renewal: the certificate is new and the key is not yet.
    writeFileSync(certificate, OTHER_CERTIFICATE);
    built.process.kill('SIGHUP');
    await written(built, /the earlier certificate stays/);
    expect(await shown()).toEqual(first);
    expect(linesWith(built, 'earlier certificate stays')).toEqual([
      expect.stringMatching(/"level":50.*TLS_KEY_FILE is not the key/),
    ]);

    writeFileSync(key, OTHER_KEY);
    built.process.kill('SIGHUP');
    await written(built, /the TLS files were read again/);
    const second = await shown();
    expect(second).toHaveLength(1);
    expect(second).not.toEqual(first);
    kept.send(HEALTH);
    expect((await kept.answer()).status).toBe(200);
    kept.close();
    built.process.kill('SIGTERM');
    expect((await built.ended).code).toBe(0);
    for (const secret of [readFileSync(key, 'utf8'), 'MIGHAgEA', directory]) {
      expect(built.stderr()).not.toContain(secret);
      expect(linesWith(built, 'SIGHUP').join('\n')).not.toContain(secret);
    }
  });
});

describe('SIGUSR1', () => {
  /** Sends the signal when the child has said the word, and waits for what comes after it. */
  async function debuggerOf(args: readonly string[], environment: Record<string, string>): Promise<string> {
    const child = spawn(process.execPath, args, { cwd: PROJECT, env: { PATH: process.env['PATH'], ...environment } });
    started.push(child);
    let output = '';
    const ended = new Promise((resolve) => child.once('close', resolve));
    const heard = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          if (output.includes('ready at')) resolve();
        });
      }
    });
    await Promise.race([heard, ended]);
    // With `npm start` the server is a process of its own, which every line of its log names.
    const server = /"pid":(\d+)/.exec(output)?.[1] ?? child.pid;
    for (const pid of new Set([Number(server), child.pid ?? 0])) process.kill(pid, 'SIGUSR1');
    // Node's thread for it answers within milliseconds; the server then has its whole shutdown for it.
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill('SIGTERM');
    await ended;
    return /Debugger listening|Starting inspector/.exec(output)?.[0] ?? 'none';
  }

  it('opens a debugger in a plain Node, or this test could not fail', async () => {
    const script = 'console.log("ready at"); setInterval(() => {}, 1000)';
    expect(await debuggerOf(['--eval', script], {})).not.toBe('none');
  });

  it.each(['dist/main.js', 'scripts/start.mjs'])('opens none in the service: %s', async (entry) => {
    expect(await debuggerOf([entry], { PORT: '0', DATA_DIR: newDataDirectory() })).toBe('none');
  });
});

/** Whether this machine has util-linux's `script`, which gives a command a terminal of its own. */
const hasScript = spawnSync('script', ['--version']).status === 0;

(hasScript ? describe : describe.skip)('a terminal that is closed', () => {
  it.each(['dist/main.js', 'scripts/start.mjs'])('ends the service that was started in it: %s', async (entry) => {
    const directory = newDataDirectory();
    const log = join(directory, '..', 'log');
    const command = `${process.execPath} ${entry} > ${log} 2>&1`;
    const terminal = spawn('script', ['--quiet', '--command', command, '/dev/null'], {
      cwd: PROJECT,
      env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: directory },
      // Its input is kept open: at the end of that, `script` would end by itself.
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    started.push(terminal);
    const read = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');
    while (!read().includes('ready at')) await new Promise((resolve) => setTimeout(resolve, 50));
    const pid = Number(/"pid":(\d+)/.exec(read())?.[1]);
    process.kill(pid, 'SIGHUP');
    while (!read().includes('no TLS files')) await new Promise((resolve) => setTimeout(resolve, 50));
    terminal.kill('SIGKILL');
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
