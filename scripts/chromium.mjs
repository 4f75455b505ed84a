import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
// The sandbox is off because CI is root; only our own page is opened, and nothing beyond loopback is asked for.
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // What the page writes to its console comes on stderr.
  '--enable-logging=stderr',
];

/** The command that starts Chromium here, or undefined. */
export function findChromium() {
  return NAMES.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
}

/**
 * Has a page open for as long as `until` is unsettled; gives its value. Rejects when `until` does or the browser ends
 * before, with what the page last wrote to its console.
 *
 * @template T
 * @param {string} chromium
 * @param {string} url
 * @param {Promise<T>} until
 * @returns {Promise<T>}
 */
export async function withPage(chromium, url, until) {
  const profile = mkdtempSync(join(tmpdir(), 'kms-chromium-'));
  const browser = spawn(chromium, [...FLAGS, `--user-data-dir=${profile}`, url], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const written = [];
  browser.stderr.setEncoding('utf8').on('data', (text) => written.push(...text.split('\n').filter(isConsole)));
  const ended = once(browser, 'close');
  try {
    return await Promise.race([
      until,
      ended.then(([code]) => Promise.reject(new Error(`Chromium ended with ${code}`))),
    ]);
  } finally {
    stopGroup(browser.pid);
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string} line */
function isConsole(line) {
  return /:CONSOLE[:(]/.test(line);
}

/**
 * Chromium's own children are of its process group.
 *
 * @param {number | undefined} pid
 */
function stopGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
