import { optionalSetting, setting } from './setting.js';
import { path, sqliteDatabase, wholeNumber } from './setting-parsers.js';

/** Where the data and the key that opens it are kept. */
export const STORAGE_SETTINGS = {
  DATA_DIR: setting({
    unit: 'path',
    default: './data',
    example: '/var/lib/kms',
    summary: 'Holds the database and, outside production, the generated secrets. Made with mode 0700.',
    parse: path,
  }),
  DATABASE: optionalSetting({
    unit: 'path or `:memory:`',
    default: '`DATA_DIR`/kms.sqlite',
    example: '/var/lib/kms/kms.sqlite',
    summary: 'The SQLite file. `:memory:` forgets everything at the end.',
    parse: sqliteDatabase,
  }),
  WRITE_QUEUE_MAX: setting({
    unit: 'writes',
    default: '1024',
    example: '4096',
    summary:
      'How many changes of each kind (protecting, signing, reading and sharing, making) may wait for the database, half ' +
      'of them of one user; beyond it they are answered 503 with Retry-After at once.',
    parse: wholeNumber(16, 1_000_000),
  }),
  OPERATOR_SOCKET: optionalSetting({
    unit: 'path',
    default: '`DATA_DIR`/operator.sock; none with `:memory:`',
    example: '/run/kms/operator.sock',
    summary:
      'The local socket over which `kms status`, `kms seal` and others reach the running service, for its own user alone.',
    parse: path,
  }),
  SEALING_KEY_FILE: optionalSetting({
    unit: 'path',
    default: '`DATA_DIR`/sealing-key, generated',
    example: '/run/secrets/kms-sealing-key',
    summary:
      'What the data keys are wrapped under that seal secrets at rest: 64 hexadecimal digits, or 32 raw bytes. Without ' +
      'this file the database cannot be read; keep a copy elsewhere. Required in production.',
    isSecretFile: true,
    parse: path,
  }),
} as const;
