import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, withPage } from './chromium.mjs';
import { inProject, narrate } from './project.mjs';
import { servePage } from './wasm-page.mjs';

const BUILT = inProject('.cache', 'interop', 'zcn.wasm');
const PATIENCE_MS = 180_000;

/**
 * Builds the SDK for browsers from the Go module in `folder` and runs `test/interop/wasm` in Chromium against a server.
 * Gives `{ passed, failed, skipped }`. Where there is no Chromium it says so and counts as skipped; in CI, which
 * installs it, as failed.
 *
 * @param {string} folder
 * @param {import('./serve-built.mjs').Addresses & { jwtSecret: string }} server
 * @returns {Promise<import('./count-run.mjs').Counts>}
 */
export async function runWasmTests(folder, { url, zvaultUrl, zauthUrl, jwtSecret }) {
  const chromium = findChromium();
  if (chromium === undefined) {
    const inCi = process.env.CI === 'true';
    narrate(`   the WASM build: ${inCi ? 'failed, since CI has to run it' : 'skipped'}: Chromium is not installed`);
    return { passed: 0, failed: inCi ? 1 : 0, skipped: inCi ? 0 : 1 };
  }
  buildSdk(folder);
  const page = await servePage(
    {
      '/zcn.wasm': BUILT,
      '/wasm_exec.js': wasmExec(),
      '/bls.js': inProject('node_modules', 'bls-wasm', 'browser', 'bls.js'),
    },
    {
      addresses: {
        'on the main port': { zvault: `${url}/zvault`, zauth: `${url}/zauth` },
        'on ports of their own': { zvault: zvaultUrl, zauth: zauthUrl },
      },
      tokens: { alice: tokenOf('alice', jwtSecret), bob: tokenOf('bob', jwtSecret) },
    },
  );
  try {
    const results = await withPage(chromium, page.url, Promise.race([page.results, tooLong()]));
    for (const { name, outcome, why } of results) {
      narrate(`   ${outcome.padEnd(7)} in Chromium: ${name}${why === undefined ? '' : `\n      ${why}`}`);
    }
    const passed = results.filter(({ outcome }) => outcome === 'pass').length;
    return { passed, failed: results.length - passed || (passed === 0 ? 1 : 0), skipped: 0 };
  } catch (failure) {
    narrate(`   fail    in Chromium: ${failure instanceof Error ? failure.message : failure}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    page.close();
  }
}

/** @param {string} folder */
function buildSdk(folder) {
  mkdirSync(inProject('.cache', 'interop'), { recursive: true });
  execFileSync('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', BUILT, 'github.com/0chain/gosdk/wasmsdk'], {
    cwd: folder,
    env: { ...process.env, GOOS: 'js', GOARCH: 'wasm' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Go's own loader; its place has changed with Go 1.24. */
function wasmExec() {
  const root = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  const places = [join(root, 'lib', 'wasm', 'wasm_exec.js'), join(root, 'misc', 'wasm', 'wasm_exec.js')];
  return places.find((place) => existsSync(place)) ?? places[0];
}

/**
 * @param {string} user
 * @param {string} jwtSecret
 */
function tokenOf(user, jwtSecret) {
  const environment = { PATH: process.env.PATH, JWT_SECRET: jwtSecret };
  const command = [inProject('dist', 'cli', 'kms.js'), 'token', user];
  return execFileSync(process.execPath, command, { encoding: 'utf8', env: environment }).trim();
}

/** @returns {Promise<never>} */
async function tooLong() {
  await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
  throw new Error(`no results within ${PATIENCE_MS / 1000} seconds`);
}
