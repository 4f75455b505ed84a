import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KmsConfiguration } from '../../config/configuration.js';
import type { Finding } from './finding.js';

const BY_OTHERS = 0o077;

/** Who may read, change and replace what the service keeps, and whether this user can. */
export function filesFindings(configuration: KmsConfiguration): readonly Omit<Finding, 'name'>[] {
  const { database, dataDirectory } = configuration;
  const folders = [...new Set([dataDirectory, dirname(database)])].filter((folder) => existsSync(folder));
  const files = ['', '-wal', '-shm'].map((suffix) => `${database}${suffix}`).concat(join(dataDirectory, 'jwt-secret'));
  const all = [...folders, ...files.filter((file) => existsSync(file))];
  const found = all.flatMap((path) => findingsOf(path, folders.includes(path)));
  return found.length > 0
    ? found
    : [{ state: 'ok', text: 'what is there is for its own user alone, who can write it' }];
}

function findingsOf(path: string, isFolder: boolean): readonly Omit<Finding, 'name'>[] {
  const { mode, uid } = statSync(path);
  const own = process.getuid?.();
  const findings: Omit<Finding, 'name'>[] = [];
  if (own !== undefined && uid !== own) {
    findings.push({
      state: 'warn',
      text: `${path} belongs to the user ${uid}, and this is ${own}: run this as the service’s`,
    });
  }
  if ((mode & BY_OTHERS) !== 0) {
    const wanted = isFolder ? '700' : '600';
    findings.push({ state: 'warn', text: `${path} is open to other users: chmod ${wanted} ${path}` });
  }
  if (!canWrite(path))
    findings.push({ state: 'bad', text: `${path} cannot be written by this user, or is on a read-only disk` });
  return findings;
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
