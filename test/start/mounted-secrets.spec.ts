import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { reserveDatabase } from '../../src/database/database-files.js';
import { writeTlsFiles } from '../config/tls-files.js';
import { ensureBuilt, killLeftovers, spawnBuilt, startBuilt, stopBuilt } from '../support/built-server.js';
import { afterMounting, itWithMounts } from '../support/mounts.js';
import { SHARED_SECRET } from '../support/shared-secret.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

const KEY_HEX = '3b1f8e0c9a7d6254f0e1d2c3b4a5968778695a4b3c2d1e0f1122334455667788';
const READ_ONLY = 'mount --bind "$0" "$0"; mount -o remount,bind,ro "$0"';

let mount: string;
beforeAll(() => {
  ensureBuilt();
  mount = mkdtempSync(join(tmpdir(), 'kms-mount-'));
}, 240_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
  rmSync(mount, { recursive: true });
});

/** Secrets as an orchestrator mounts them, with one of them in this mode; and what names them. */
function mounted(open: string, mode: number): Record<string, string> {
  const directory = mkdtempSync(join(mount, 'secrets-'));
  const { certificate, key } = writeTlsFiles(directory);
  const names = {
    SEALING_KEY_FILE: join(directory, 'sealing-key'),
    TLS_KEY_FILE: key,
    JWT_SECRET_FILE: join(directory, 'jwt-secret'),
  };
  writeFileSync(names.SEALING_KEY_FILE, KEY_HEX, { mode: 0o440 });
  writeFileSync(names.JWT_SECRET_FILE, SHARED_SECRET, { mode: 0o440 });
  for (const [name, file] of Object.entries(names)) if (name === open) chmodSync(file, mode);
  const dataDirectory = newDataDirectory();
  // A key without any database is refused. An empty one is what a first start leaves that was cut off.
  reserveDatabase(join(dataDirectory, 'kms.sqlite'));
  return { ...names, TLS_CERT_FILE: certificate, DATA_DIR: dataDirectory };
}

const refused = async (environment: Record<string, string>, through: readonly string[] = []): Promise<string> => {
  const built = spawnBuilt({ LOG_LEVEL: 'silent', ...environment }, through);
  expect(await built.ended).toEqual({ code: 1, signal: null });
  expect(built.stderr()).toMatch(/^cannot start: [^\n]+\n$/);
  return built.stderr();
};

describe.each(['SEALING_KEY_FILE', 'TLS_KEY_FILE', 'JWT_SECRET_FILE'])('%s, open to others', (name) => {
  itWithMounts('is warned of on a read-only mount outside production, also when it has all bits', async () => {
    const mode = name === 'SEALING_KEY_FILE' ? 0o444 : 0o777;
    const built = await startBuilt({ LOG_LEVEL: 'silent', ...mounted(name, mode) }, afterMounting(READ_ONLY, mount));
    await stopBuilt(built);
    expect(built.stderr()).toBe(
      `warning: ${name} is open to other users on a read-only mount: have the mount set defaultMode: 0440 and fsGroup; ` +
        'production refuses it\n',
    );
  });

  itWithMounts(
    'is refused on a read-only mount in production, where the line says what the mount has to do',
    async () => {
      const environment = { ...mounted(name, 0o444), NODE_ENV: 'production' };
      const line = await refused(environment, afterMounting(READ_ONLY, mount));
      expect(line).toContain(
        `${name} is open to other users on a read-only mount: have the mount set defaultMode: 0440`,
      );
    },
  );

  itWithMounts('is refused on a mount that can be written, where the mode can be changed', async () => {
    const line = await refused(mounted(name, 0o444), afterMounting('mount --bind "$0" "$0"', mount));
    expect(line).toContain(`${name} is open to other users: chmod 600 it, or have its mount set defaultMode: 0440`);
  });
});

describe('a secret that only a link on a read-only mount leads to', () => {
  itWithMounts('is judged where it is', async () => {
    const environment = mounted('neither', 0o440);
    const elsewhere = join(newDataDirectory(), '..', 'secret');
    copyFileSync(environment['SEALING_KEY_FILE'] ?? '', elsewhere);
    chmodSync(elsewhere, 0o444);
    const link = join(mkdtempSync(join(mount, 'link-')), 'secret');
    const linked = `ln -s '${elsewhere}' '${link}'; ${READ_ONLY}`;
    const line = await refused({ ...environment, SEALING_KEY_FILE: link }, afterMounting(linked, mount));
    expect(line).toContain('SEALING_KEY_FILE is open to other users: chmod 600');
  });
});
