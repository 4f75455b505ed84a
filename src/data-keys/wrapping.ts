import { createSecretKey, randomBytes, randomFillSync } from 'node:crypto';
import { DATA_KEY_BYTES } from '../crypto/sealing/data-key.js';
import type { DataKey, KeyDomain } from '../crypto/sealing/data-key.js';
import { KEY_ID_BYTES } from '../crypto/sealing/envelope.js';
import { SecretBytes, unmovedBytes } from '../crypto/secret-bytes.js';
import { StartError } from '../errors/start-error.js';
import { KeyEncryptionError } from '../key-encryption/key-encryption-error.js';
import type { KeyEncryptionKey } from '../key-encryption/key-encryption-key.js';
import type { WrappedDataKey } from './key-tables.js';

/** A data key that is open, and what it is for. */
export type OpenedKey = DataKey & { readonly domain: KeyDomain };

/** A new data key, wrapped. Rejects with `StartError`. */
export async function makeDataKey(domain: KeyDomain, epoch: number, kek: KeyEncryptionKey): Promise<WrappedDataKey> {
  const bytes = new SecretBytes(randomFillSync(unmovedBytes(DATA_KEY_BYTES)));
  return wrap({ id: randomBytes(KEY_ID_BYTES).toString('hex'), domain, epoch }, bytes, kek);
}

/** Wipes the key. Rejects with `StartError`. */
export async function wrap(
  key: Omit<WrappedDataKey, 'wrapped'>,
  bytes: SecretBytes,
  kek: KeyEncryptionKey,
): Promise<WrappedDataKey> {
  try {
    const { id, domain, epoch } = key;
    return { id, domain, epoch, wrapped: await kek.wrap(bytes, { domain, dataKeyId: id }) };
  } catch (error) {
    throw notDone('no data key could be wrapped', error);
  } finally {
    bytes.wipe();
  }
}

/** The bytes in a wrapping, for the caller to wipe. Rejects with `StartError`. */
export async function unwrapBytes(
  { id, domain, wrapped }: WrappedDataKey,
  kek: KeyEncryptionKey,
): Promise<SecretBytes> {
  try {
    return await kek.unwrap(wrapped, { domain, dataKeyId: id });
  } catch (error) {
    throw notDone(`the data key ${id} (${domain}) could not be unwrapped`, error);
  }
}

/** The data key in a wrapping. Rejects with `StartError`. */
export async function unwrap(key: WrappedDataKey, kek: KeyEncryptionKey): Promise<OpenedKey> {
  const bytes = await unwrapBytes(key, kek);
  try {
    return {
      domain: key.domain,
      epoch: key.epoch,
      id: Buffer.from(key.id, 'hex'),
      key: createSecretKey(bytes.expose()),
    };
  } finally {
    bytes.wipe();
  }
}

function notDone(what: string, error: unknown): unknown {
  return error instanceof KeyEncryptionError ? new StartError(`${what}: ${error.message}`, { cause: error }) : error;
}
