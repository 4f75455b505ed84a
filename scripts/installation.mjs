// What node_modules was made from, so that an outdated one is noticed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inProject, readJson, readStamp } from './project.mjs';

const STAMP = inProject('node_modules', '.installed-from');

/** Why `npm ci` has to run, or undefined when node_modules is complete and up to date. */
export function reasonToInstall() {
  if (!existsSync(inProject('node_modules'))) return 'node_modules is missing';
  if (readStamp(STAMP) !== expectedStamp()) {
    return 'node_modules was made from another package-lock.json, by another Node, or without install scripts';
  }
  const missing = missingPackages();
  return missing.length === 0 ? undefined : `node_modules lacks ${missing.join(', ')}`;
}

/** Records a complete installation; does nothing for one without development dependencies. */
export function stampInstallation() {
  if (missingPackages().length === 0) writeFileSync(STAMP, `${expectedStamp()}\n`);
}

/** The lock file, and what native modules are compiled for. */
function expectedStamp() {
  const lock = createHash('sha256')
    .update(readFileSync(inProject('package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch} abi-${process.versions.modules}`;
}

function missingPackages() {
  const { dependencies = {}, devDependencies = {} } = readJson(inProject('package.json'));
  return Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !existsSync(inProject('node_modules', name, 'package.json')),
  );
}
