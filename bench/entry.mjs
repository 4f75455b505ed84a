import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Whether Node was started with this module (its `import.meta.url`), rather than importing it.
 *
 * @param {string} moduleUrl
 */
export function isMainProcessOf(moduleUrl) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(moduleUrl);
}
