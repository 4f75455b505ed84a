import { SystemClock } from '../../clock/clock.js';
import type { Clock } from '../../clock/clock.js';
import type { KmsConfiguration } from '../../config/configuration.js';
import { ConfigurationError } from '../../config/configuration-error.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { startWarnings, surfaceWarnings } from '../../config/start-warnings.js';
import { databaseState, IN_MEMORY } from '../../database/database-files.js';
import { DatabaseInUseError, DatabaseLock } from '../../database/database-lock.js';
import { diskFindings } from './disk.js';
import { filesFindings } from './files.js';
import type { Finding } from './finding.js';
import { look } from './finding.js';
import { clockFindings, keysFindings, recordFindings, structureFindings } from './inside.js';
import { serviceFindings } from './service.js';

export interface Examined {
  /** The process's own if `undefined`. */
  readonly environment: NodeJS.ProcessEnv | undefined;
  readonly clock?: Clock | undefined;
  /** Hears what takes long. */
  readonly say: (line: string) => void;
}

/**
 * Looks at everything that a start and a service need, beside the service or while none runs, and changes nothing. Never
 * rejects: what cannot be looked at is a finding.
 */
export async function examine({ environment, clock = new SystemClock(), say }: Examined): Promise<readonly Finding[]> {
  const configuration = configurationOf(environment);
  if (!('database' in configuration)) return configuration.findings;
  const { database, production } = configuration;
  const settings = warned('configuration', [...startWarnings(configuration), ...surfaceWarnings(configuration)]);
  if (database === IN_MEMORY) return settings;
  const files = await look('files', () => filesFindings(configuration));
  const disk = await look('disk', () => diskFindings(configuration));
  const state = databaseState(database);
  if (state !== 'there') {
    const text = production
      ? `there is no database ${database}: mount it, restore a backup, or make a new one, once, with kms init`
      : `there is no database ${database} yet: the first start makes it`;
    return [...settings, ...files, ...disk, { name: 'database', state: production ? 'bad' : 'warn', text }];
  }
  const isServed = isInUse(database);
  return [
    ...settings,
    ...files,
    ...disk,
    ...(await look('database', () => structureFindings(configuration, isServed, say))),
    ...(await look('keys', () => keysFindings(configuration))),
    ...(await look('clock', () => clockFindings(configuration, clock))),
    ...(await look('record', () => recordFindings(configuration))),
    ...(await look('service', () => serviceFindings(configuration, isServed))),
  ];
}

function configurationOf(environment: NodeJS.ProcessEnv | undefined): KmsConfiguration | { findings: Finding[] } {
  try {
    return loadConfiguration(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const odd = error.warnings.map((text): Finding => ({ name: 'configuration', state: 'warn', text }));
    return { findings: [...odd, { name: 'configuration', state: 'bad', text: error.message }] };
  }
}

function warned(name: string, warnings: readonly string[]): readonly Finding[] {
  if (warnings.length === 0) return [{ name, state: 'ok', text: 'every setting is as it must be' }];
  return warnings.map((text) => ({ name, state: 'warn', text }));
}

/** Whether another process owns the database: the service, or a command that changes it. */
function isInUse(database: string): boolean {
  try {
    DatabaseLock.acquire(database).release();
    return false;
  } catch (error) {
    // Any other reason is a finding of whoever looks at the files.
    return error instanceof DatabaseInUseError;
  }
}
