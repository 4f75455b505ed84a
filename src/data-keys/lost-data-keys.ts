import type { KeyDomain } from '../crypto/sealing/data-key.js';
import { StartError } from '../errors/start-error.js';

export function lostDataKeys(domain: KeyDomain): StartError {
  return new StartError(`the database has lost its data keys (${domain}): restore a copy (npm run restore -- FILE)`);
}
