import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../support/built-server.js';

/** The package of the native module that this Node loads, see `src/database/sqlite-driver.ts`. */
export const DRIVER = Number(process.versions['napi']) >= 10 ? 'better-sqlite3-napi' : 'better-sqlite3';

const made: string[] = [];

/** The built project with an installation of its own: links to our packages, and a copy of the native module's. */
export function otherInstallation(): string {
  const directory = mkdtempSync(join(tmpdir(), 'kms-installation-'));
  made.push(directory);
  cpSync(join(PROJECT, 'dist'), join(directory, 'dist'), { recursive: true });
  copyFileSync(join(PROJECT, 'package.json'), join(directory, 'package.json'));
  const [ours, theirs] = [join(PROJECT, 'node_modules'), join(directory, 'node_modules')];
  mkdirSync(theirs);
  for (const name of readdirSync(ours).filter((each) => each !== DRIVER && !each.startsWith('.'))) {
    symlinkSync(join(ours, name), join(theirs, name));
  }
  for (const part of ['package.json', 'lib', 'build/Release', 'prebuilds']) {
    const source = join(ours, DRIVER, part);
    if (existsSync(source)) cpSync(source, join(theirs, DRIVER, part), { recursive: true });
  }
  return directory;
}

export function removeInstallations(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}
