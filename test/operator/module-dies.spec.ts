import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { askService } from '../../src/cli/kms/ask-service.js';
import { ensureBuilt } from '../support/built-server.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { SHARED_SECRET } from '../support/shared-secret.js';
import { startTestServer } from '../support/test-server.js';
import { sha3 } from '../support/wallet-client.js';
import { describeWithToken, moduleChildren, SoftHsmToken, tokenMustBePossible } from '../key-encryption/softhsm.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import type { Environment } from '../start/served-directory.js';

afterAll(removeDataDirectories);

/** A token with the key, and what a service needs whose key it keeps. Removed after `use`. */
async function withModule(use: (settings: Environment, directory: string) => Promise<void>): Promise<void> {
  ensureBuilt();
  await tokenMustBePossible();
  const token = new SoftHsmToken();
  token.import(new Uint8Array(32).fill(0x5a), 'kek', '01');
  process.env['SOFTHSM2_CONF'] = token.environment.SOFTHSM2_CONF;
  const directory = newDataDirectory();
  const pin = join(token.folder, 'pin');
  writeFileSync(pin, token.pin, { mode: 0o600 });
  const settings = {
    DATA_DIR: directory,
    DATABASE: join(directory, 'kms.sqlite'),
    JWT_SECRET: SHARED_SECRET,
    KEK_PROVIDER: 'pkcs11',
    KEK_PKCS11_LIBRARY: token.modulePath,
    KEK_PKCS11_TOKEN: token.label,
    KEK_PKCS11_KEY: 'kek',
    KEK_PKCS11_PIN_FILE: pin,
    KEK_PKCS11_ENVIRONMENT: 'SOFTHSM2_CONF',
  };
  try {
    await use(settings, directory);
  } finally {
    delete process.env['SOFTHSM2_CONF'];
    token.remove();
  }
}

describeWithToken('a service whose key an HSM keeps', () => {
  it('leaves no process of the module behind when it cannot start, and no lock', async () => {
    await withModule(async (settings, directory) => {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeFileSync(join(directory, 'kms.sqlite'), 'this is no database '.repeat(500));
      // Looked at when the module is open.
      await expect(startTestServer(settings)).rejects.toThrow(/kms\.sqlite/);
      expect(moduleChildren()).toEqual([]);
      rmSync(join(directory, 'kms.sqlite'));
      await (await startTestServer(settings)).close();
    });
  }, 120_000);

  it.each(['SIGKILL', 'SIGSEGV', 'SIGSTOP'] as const)(
    'signs on while the process of the module gets a %s, and tells whoever needed that',
    async (signal) => {
      await withModule(async (settings, directory) => {
        const server = await startTestServer(settings);
        try {
          const key = heldKey((await splitWallet(server.as('alice'))).key);
          // No signature needs it: it has ended when the data keys were open.
          expect(moduleChildren()).toEqual([]);
          const socket = join(directory, 'operator.sock');
          const order = askService(socket, 'kek-check').then(
            () => 'done',
            (error: unknown) => String(error),
          );
          const over = new AbortController();
          const statuses: number[] = [];
          const signing = (async () => {
            for (let asked = 0; !over.signal.aborted; asked += 1) {
              statuses.push((await signMessage(server.anonymous(), key, sha3(`${signal} ${asked}`))).status);
            }
          })();
          let children: number[] = [];
          while (children.length === 0) {
            children = moduleChildren();
            await new Promise((resolve) => setImmediate(resolve));
          }
          for (const child of children) process.kill(child, signal);
          expect(await order).toMatch(
            /^done$|the service says: (KEK_PROVIDER=pkcs11: |the data key )?.*PKCS#11 module/,
          );
          over.abort();
          await signing;
          expect(statuses.length).toBeGreaterThan(0);
          expect(new Set(statuses)).toEqual(new Set([200]));
          expect(await askService(socket, 'kek-check')).toMatchObject({ provider: 'pkcs11', opened: 6 });
          expect(await askService(socket, 'kek-verify')).toMatchObject({ damaged: 0 });
        } finally {
          await server.close();
        }
      });
    },
    120_000,
  );
});
