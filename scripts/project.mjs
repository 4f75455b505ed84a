import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path of the project's folder. */
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The absolute path of something in the project.
 *
 * @param {...string} parts
 */
export function inProject(...parts) {
  return join(ROOT, ...parts);
}

/** @param {string} path */
export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * What a stamp file says, or '' when there is none.
 *
 * @param {string} path
 */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

/**
 * Whether Node was started with this module (its `import.meta.url`), rather than importing it.
 *
 * @param {string} moduleUrl
 */
export function isEntryPoint(moduleUrl) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(moduleUrl);
}

/**
 * Says what is being done. On stderr, since stdout belongs to the program that is started.
 *
 * @param {string} line
 */
export function narrate(line) {
  console.error(line);
}

/**
 * Ends the script with one line that says why.
 *
 * @param {string} line
 * @returns {never}
 */
export function giveUp(line, exitCode = 1) {
  console.error(line);
  process.exit(exitCode);
}
