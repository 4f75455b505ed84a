import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ensureBuilt, killLeftovers } from '../support/built-server.js';
import { removeDataDirectories } from '../start/data-directories.js';
import { keepBusy, startBackedUp } from './backed-up-service.js';
import { expectGoodBackup } from './checked-backup.js';

const BACKUPS = Number(process.env['BACKUPS'] ?? 20);
const MINUTES_EACH = 3;

beforeAll(ensureBuilt, 240_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

it(
  'every backup of a service under load can be verified, restored and served',
  async () => {
    const world = await startBackedUp();
    const load = keepBusy(world.server.url);
    for (let made = 0; made < BACKUPS; made += 1) {
      await expectGoodBackup(world, `${made}.age`);
      for (const ending of ['', '.sqlite']) rmSync(join(world.home, `${made}.age${ending}`));
    }
    expect(await load.stop()).toBeGreaterThan(0);
  },
  BACKUPS * MINUTES_EACH * 60_000,
);
