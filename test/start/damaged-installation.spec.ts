import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBuilt, killLeftovers, spawnBuilt } from '../support/built-server.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';
import { DRIVER, otherInstallation, removeInstallations } from './other-installation.js';

beforeAll(() => {
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
  removeInstallations();
});

async function refusalOf(installation: string): Promise<string> {
  const built = spawnBuilt({ DATA_DIR: newDataDirectory(), LOG_LEVEL: 'silent' }, [], installation);
  expect(await built.ended).toEqual({ code: 1, signal: null });
  expect(built.stdout()).toBe('');
  expect(built.stderr()).toMatch(/^cannot start: [^\n]+\n$/);
  return built.stderr();
}

/** The compiled files of the native module in an installation. */
function nativeFiles(installation: string): string[] {
  const driver = join(installation, 'node_modules', DRIVER);
  const files = readdirSync(driver, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.node'));
  expect(files).not.toEqual([]);
  return files.map((file) => join(driver, file));
}

/** What the compiler would have made of it for the Node before: its ABI is in two places (NODE_MODULE_INIT in node.h). */
function forOtherNode(compiled: Buffer): Buffer {
  const abi = Number(process.versions.modules);
  const other = Buffer.from(compiled);
  const name = Buffer.from(`node_register_module_v${abi}`);
  const otherName = Buffer.from(`node_register_module_v${abi - 1}`);
  for (let at = other.indexOf(name); at >= 0; at = other.indexOf(name, at)) otherName.copy(other, at);
  // The module's registration begins with the ABI, no flags and no handle.
  const registration = Buffer.alloc(16);
  registration.writeInt32LE(abi);
  for (let at = other.indexOf(registration); at >= 0; at = other.indexOf(registration, at + 1)) {
    if (at % 8 === 0) other.writeInt32LE(abi - 1, at);
  }
  return other;
}

describe('a start with an installation that is not right is refused in one line', () => {
  // The newer driver goes by Node-API, which is the same in every Node.
  (DRIVER === 'better-sqlite3' ? it : it.skip)('when the native module is for another version of Node', async () => {
    const installation = otherInstallation();
    for (const file of nativeFiles(installation)) writeFileSync(file, forOtherNode(readFileSync(file)));
    expect(await refusalOf(installation)).toBe(
      'cannot start: the native module better-sqlite3 was made for another version of Node.js; ' +
        `this is ${process.version} (ABI ${process.versions.modules}): run npm ci with it\n`,
    );
  });

  it('when the native module is no library of this system', async () => {
    const installation = otherInstallation();
    for (const file of nativeFiles(installation)) writeFileSync(file, 'not a library '.repeat(1000));
    expect(await refusalOf(installation)).toContain('the native module better-sqlite3 cannot be loaded on this system');
  });

  it('when the native module is missing', async () => {
    const installation = otherInstallation();
    for (const file of nativeFiles(installation)) rmSync(file);
    expect(await refusalOf(installation)).toContain('the native module better-sqlite3 is missing: run npm ci');
  });

  it.each(['fastify', '@nestjs'])('when a package is missing: %s', async (name) => {
    const installation = otherInstallation();
    rmSync(join(installation, 'node_modules', name));
    expect(await refusalOf(installation)).toMatch(`the package ${name}`);
  });
});
