import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path of the project's folder. */
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** The absolute path of something in the project. */
export function inProject(...parts) {
  return join(ROOT, ...parts);
}

export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** What a stamp file says, or '' when there is none. */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Whether Node was started with this module (its `import.meta.url`), rather than importing it. */
export function isEntryPoint(moduleUrl) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(moduleUrl);
}

/** Says what is being done. On stderr, since stdout belongs to the program that is started. */
export function narrate(line) {
  console.error(line);
}

/** Ends the script with one line that says why. */
export function giveUp(line, exitCode = 1) {
  console.error(line);
  process.exit(exitCode);
}
