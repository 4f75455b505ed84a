import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from './project.mjs';
import { SERVER_NODE_ARGUMENTS } from './server-node-arguments.mjs';

/** @typedef {{ readonly url: string, readonly zvaultUrl: string, readonly zauthUrl: string }} Addresses */

/**
 * Starts the built server on free ports of the loopback, with a database of its own and a token secret that is made up
 * for it, has `work({ url, zvaultUrl, zauthUrl, jwtSecret })` done, and takes everything down again. Gives what `work`
 * gives; throws when the server does not start or does not stop cleanly.
 *
 * @template T
 * @param {(server: Addresses & { jwtSecret: string }) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function whileServing(work) {
  const directory = mkdtempSync(join(tmpdir(), 'kms-interop-'));
  const jwtSecret = randomBytes(48).toString('hex');
  const settings = { DATA_DIR: directory, PORT: '0', ZVAULT_PORT: '0', ZAUTH_PORT: '0', JWT_SECRET: jwtSecret };
  // No setting of whoever runs this reaches it.
  const server = spawn(process.execPath, [...SERVER_NODE_ARGUMENTS, inProject('dist', 'main.js')], {
    cwd: inProject(),
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'close');
  try {
    const result = await work({ ...(await addressesOf(server)), jwtSecret });
    server.kill('SIGTERM');
    const [exitCode, signal] = await ended;
    if (exitCode !== 0) throw new Error(`the server ended with ${exitCode ?? signal}`);
    return result;
  } finally {
    server.kill('SIGKILL');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * Reads from the greeting where it listens.
 *
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} server
 * @returns {Promise<Addresses>}
 */
function addressesOf(server) {
  return new Promise((resolve, reject) => {
    let greeting = '';
    server.stdout.setEncoding('utf8').on('data', (text) => {
      greeting += text;
      const [, url] = /ready at (\S+)/.exec(greeting) ?? [];
      const [, zvaultUrl, zauthUrl] = /SDK dialect +(\S+) +(\S+)\n/.exec(greeting) ?? [];
      if (url !== undefined && zauthUrl !== undefined) resolve({ url, zvaultUrl, zauthUrl });
    });
    server.once('close', (exitCode) => reject(new Error(`the server ended with ${exitCode} instead of starting`)));
    server.once('error', reject);
  });
}
