import { BACKUP_SETTINGS } from './backup-settings.js';
import { CLOCK_SETTINGS } from './clock-settings.js';
import { KEK_SETTINGS } from './kek-settings.js';
import { LISTENER_SETTINGS } from './listener-settings.js';
import { RATE_SETTINGS } from './rate-settings.js';
import { RECORD_SETTINGS } from './record-settings.js';
import { setting, type Setting } from './setting.js';
import { oneOf } from './setting-parsers.js';
import { SIGNING_SETTINGS } from './signing-settings.js';
import { SPLIT_KEY_SETTINGS } from './split-key-settings.js';
import { STORAGE_SETTINGS } from './storage-settings.js';
import { SURFACE_SETTINGS } from './surface-settings.js';
import { TOKEN_SETTINGS } from './token-settings.js';
import { WITNESS_SETTINGS } from './witness-settings.js';

/** Every environment variable that the service reads, in the order in which `docs/configuration.md` lists them. */
export const SETTINGS = {
  NODE_ENV: setting({
    unit: 'word',
    default: 'development',
    example: 'production',
    summary:
      '`development`, `test` or `production`. In production nothing is generated: a token key and ' +
      '`SEALING_KEY_FILE` must be configured.',
    parse: oneOf('development', 'test', 'production'),
  }),
  ...LISTENER_SETTINGS,
  ...SURFACE_SETTINGS,
  ...STORAGE_SETTINGS,
  ...KEK_SETTINGS,
  ...TOKEN_SETTINGS,
  ...SPLIT_KEY_SETTINGS,
  ...SIGNING_SETTINGS,
  ...CLOCK_SETTINGS,
  ...RATE_SETTINGS,
  ...RECORD_SETTINGS,
  ...WITNESS_SETTINGS,
  ...BACKUP_SETTINGS,
  LOG_LEVEL: setting({
    unit: 'word',
    default: 'info',
    example: 'debug',
    summary: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
    parse: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** The name of an environment variable that the service reads. */
export type SettingName = keyof typeof SETTINGS;

/** What the variables say, each by itself. */
export type SettingValues = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer Value> ? Value : never;
};
