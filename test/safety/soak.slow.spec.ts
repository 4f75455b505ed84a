import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiClient } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt, stopBuilt } from '../support/built-server.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { prepare, setUpWallets } from './prepared-requests.js';
import { medianOf, openDescriptors, residentKiB } from './process-use.js';
import { steadyLoad } from './steady-load.js';

/** How long the load lasts. A shorter trial can be asked for, but the heap takes two minutes to settle. */
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 600);
/** Two for caches and heap to settle after the peak, one for the first look, six, and one for the last look. */
const TENTH = SECONDS / 10;
const LOAD = 0.7;
const MOST_GROWTH = 0.05;
const IN_FLIGHT = 64;

beforeAll(ensureBuilt, 250_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

/** Samples the resident memory once a second while `work` runs. */
async function residentWhile(pid: number, work: Promise<unknown>): Promise<number> {
  const samples: number[] = [];
  const sampling = setInterval(() => samples.push(residentKiB(pid)), 1000);
  try {
    await work;
  } finally {
    clearInterval(sampling);
  }
  return medianOf(samples);
}

it(
  `signs for ${SECONDS} seconds at ${LOAD * 100} % of its peak without growing or leaking descriptors`,
  async () => {
    const environment = { DATA_DIR: newDataDirectory(), JWT_SECRET: SHARED_SECRET, LOG_LEVEL: 'warn' };
    const built = await startBuilt(environment);
    const pid = built.process.pid ?? 0;
    const owner = new ApiClient(`${built.url}/zauth`, { 'X-Jwt-Token': tokenFor('owner') });
    const wallets = await setUpWallets(owner, 64);
    const idle = openDescriptors(pid);
    const load = steadyLoad(built.url, await prepare(wallets, 1024));

    await load.drive({ seconds: 5, inFlight: IN_FLIGHT });
    const peak = await load.drive({ seconds: 10, inFlight: IN_FLIGHT });
    const steadily = (seconds: number): Promise<number> =>
      load.drive({ seconds, inFlight: IN_FLIGHT, perSecond: LOAD * peak });
    await steadily(2 * TENTH);
    const descriptors = openDescriptors(pid);
    const before = await residentWhile(pid, steadily(TENTH));
    await steadily(6 * TENTH);
    const after = await residentWhile(pid, steadily(TENTH));

    expect(openDescriptors(pid).others).toBe(descriptors.others);
    expect({ before, after, grewTooMuch: after > before * (1 + MOST_GROWTH) }).toMatchObject({ grewTooMuch: false });
    // Connections come and go under load; when the client has gone, none is left of it.
    load.disconnect();
    while (openDescriptors(pid).sockets > idle.sockets) await new Promise((resolve) => setImmediate(resolve));
    await stopBuilt(built);
    expect(built.stderr()).toBe('');
  },
  (SECONDS + 120) * 1000,
);
