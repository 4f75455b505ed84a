import { randomFillSync } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SecretBytes, unmovedBytes } from '../crypto/secret-bytes.js';
import { ConfigurationError } from './configuration-error.js';
import type { KmsConfiguration } from './configuration.js';
import {
  beginFirstStart,
  refuseDatabaseWithoutKey,
  refuseKeyWithoutDatabase,
  requireDatabaseInProduction,
  sealingKeyFileOf,
} from './key-and-database.js';
import { parseSealingKey } from './sealing-key-text.js';
import { createSecretFile, readSecretFile } from './secret-file.js';

/** The secrets that are configured or, outside production, kept in the data directory. */
export interface LocalSecrets {
  /** The shared token secret that mints, the first one; absent when only public keys check tokens. */
  readonly jwtSecret?: SecretBytes;
  /** With `KEK_PROVIDER=file` 32 bytes, to be derived from at once, and wiped; else none is read. */
  readonly sealingKey: SecretBytes | undefined;
  /** The paths of the files that were made just now. */
  readonly generated: readonly string[];
}

/**
 * Reads the secrets, making what is missing on the first start outside production.
 *
 * Throws `ConfigurationError`: a secret is missing where none may be made, malformed, a placeholder, or open to
 * other users; or the database is there but its sealing key is not. Throws `StartError` the other way round.
 */
export function loadLocalSecrets(configuration: KmsConfiguration): LocalSecrets {
  // The sealing key first: when it is missing from an existing installation, nothing may be written.
  const sealing = configuration.kek.provider === 'file' ? loadSealingKey(configuration) : undefined;
  if (sealing === undefined) beginWithoutSealingKey(configuration);
  else if (sealing.generated.length === 0) refuseKeyWithoutDatabase(configuration);
  const jwt = loadJwtSecret(configuration);
  return Object.freeze({
    ...(jwt === undefined ? {} : { jwtSecret: jwt.secret }),
    sealingKey: sealing?.secret,
    generated: Object.freeze([sealing, jwt].flatMap((loaded) => loaded?.generated ?? [])),
  });
}

/** Where the key is elsewhere nothing of it tells whether there was a database: production alone makes none by itself. */
function beginWithoutSealingKey(configuration: KmsConfiguration): void {
  if (requireDatabaseInProduction(configuration)) return;
  makeDirectory(configuration.dataDirectory);
  beginFirstStart(configuration);
}

interface Loaded {
  readonly secret: SecretBytes;
  readonly generated: readonly string[];
}

/**
 * The shared token secret: the first that is configured, else, when no token key of any kind is configured, the one in
 * `DATA_DIR/jwt-secret`, made now if need be; `undefined` when only public keys check tokens. The file holds the
 * very text that could stand in JWT_SECRET.
 */
export function loadJwtSecret(configuration: KmsConfiguration): Loaded | undefined {
  const { secrets, publicKeys, keySet } = configuration.tokens;
  if (secrets[0] !== undefined) return { secret: secrets[0], generated: [] };
  if (publicKeys.length > 0 || keySet !== undefined) return undefined;
  const { content, generated } = readOrGenerate(configuration, 'jwt-secret');
  const text = /^([0-9a-f]{64})\n$/.exec(content.toString('latin1'))?.[1];
  content.fill(0);
  if (text === undefined) {
    throw new ConfigurationError('DATA_DIR/jwt-secret', 'was not made by this service; remove it or set JWT_SECRET');
  }
  return { secret: new SecretBytes(new TextEncoder().encode(text)), generated };
}

/** The sealing key, made now if need be, and if nothing exists yet that was sealed. Throws `ConfigurationError`. */
export function loadSealingKey(configuration: KmsConfiguration): Loaded {
  const sealingKeyFile = sealingKeyFileOf(configuration);
  const { content, generated } =
    sealingKeyFile === undefined
      ? readOrGenerate(configuration, 'sealing-key', {
          mayGenerate: refuseDatabaseWithoutKey,
          beforeGenerating: beginFirstStart,
        })
      : { content: readConfigured(sealingKeyFile, 'SEALING_KEY_FILE', configuration.production), generated: [] };
  try {
    return { secret: parseSealingKey(content), generated };
  } finally {
    content.fill(0);
  }
}

/** The sealing key that is there; nothing is made. Throws `ConfigurationError`, also when there is none. */
export function readSealingKey(configuration: KmsConfiguration): SecretBytes {
  const { dataDirectory } = configuration;
  if (sealingKeyFileOf(configuration) === undefined && !existsSync(join(dataDirectory, 'sealing-key'))) {
    throw new ConfigurationError(
      'DATA_DIR',
      'holds no sealing-key: put the one there with which the database was sealed, or name it in SEALING_KEY_FILE',
    );
  }
  return loadSealingKey(configuration).secret;
}

/** The sealing key in an operator's own file, of either half. Throws `ConfigurationError`. */
export function readSealingKeyFile(file: string, setting: string, production: boolean): SecretBytes {
  const content = readConfigured(file, setting, production);
  try {
    return parseSealingKey(content, setting);
  } finally {
    content.fill(0);
  }
}

function readConfigured(file: string, setting: string, production: boolean): Buffer {
  const content = readSecretFile(file, setting, 'operators', production);
  // A configured path is never filled: a typing error must not look like a new installation.
  if (content === undefined) throw new ConfigurationError(setting, 'names a file that does not exist');
  return content;
}

interface Precautions {
  /** Throws when nothing may be made. */
  readonly mayGenerate: (configuration: KmsConfiguration) => void;
  readonly beforeGenerating: (configuration: KmsConfiguration) => void;
}

/** The content of one of our own files, made from 32 random bytes if it is missing and may be made. */
function readOrGenerate(
  configuration: KmsConfiguration,
  name: 'jwt-secret' | 'sealing-key',
  precautions?: Precautions,
): { content: Buffer; generated: readonly string[] } {
  const { dataDirectory, production } = configuration;
  const file = join(dataDirectory, name);
  const read = (): Buffer | undefined => readSecretFile(file, `DATA_DIR/${name}`, 'ours');
  const existing = read();
  if (existing !== undefined) return { content: existing, generated: [] };
  try {
    precautions?.mayGenerate(configuration);
  } catch (error) {
    // Another process may have made the key, and then the database, since we looked.
    const late = read();
    if (late === undefined) throw error;
    return { content: late, generated: [] };
  }
  if (production) throw new ConfigurationError('NODE_ENV', 'is production, where no secret is generated');
  makeDirectory(dataDirectory);
  precautions?.beforeGenerating(configuration);
  const made = newHexLine();
  const isOurs = createSecretFile(file, made);
  made.fill(0);
  const content = read();
  if (content === undefined) throw new ConfigurationError(`DATA_DIR/${name}`, 'was removed while it was being made');
  return { content, generated: isOurs ? [file] : [] };
}

/** 32 random bytes as hexadecimal digits, and a line end. Never a text, which could not be overwritten. */
function newHexLine(): Uint8Array {
  const bytes = unmovedBytes(32);
  randomFillSync(bytes);
  const line = unmovedBytes(65);
  for (const [at, byte] of bytes.entries()) {
    line[2 * at] = DIGITS[byte >> 4] ?? 0;
    line[2 * at + 1] = DIGITS[byte & 15] ?? 0;
  }
  line[64] = 0x0a;
  bytes.fill(0);
  return line;
}

const DIGITS = Buffer.from('0123456789abcdef');

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch {
    throw new ConfigurationError('DATA_DIR', 'names a directory that cannot be made');
  }
}
