import { IN_MEMORY } from '../database/database-files.js';
import { ConfigurationError } from './configuration-error.js';
import type { BackupsConfiguration } from './configuration.js';
import type { SettingValues } from './settings.js';

const HOUR_MS = 3_600_000;

/** What the settings say together; `undefined`: no schedule. Throws `ConfigurationError`. */
export function backupsConfiguration(values: SettingValues): BackupsConfiguration | undefined {
  const {
    BACKUP_DIR: directory,
    BACKUP_RECIPIENTS: recipients,
    BACKUP_EVERY_HOURS,
    BACKUP_KEEP: keep,
    DATABASE,
  } = values;
  if (directory === undefined) {
    if (recipients === undefined) return undefined;
    throw new ConfigurationError('BACKUP_RECIPIENTS', 'needs BACKUP_DIR: without it no backups are made');
  }
  if (recipients === undefined) {
    throw new ConfigurationError(
      'BACKUP_RECIPIENTS',
      'must be set with BACKUP_DIR: age-keygen on another machine makes one',
    );
  }
  if (DATABASE === IN_MEMORY)
    throw new ConfigurationError('BACKUP_DIR', 'needs a database in a file: DATABASE is :memory:');
  return Object.freeze({ directory, recipients, everyMilliseconds: BACKUP_EVERY_HOURS * HOUR_MS, keep });
}
