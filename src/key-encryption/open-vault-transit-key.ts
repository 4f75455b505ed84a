import { type RandomBytes, systemRandomBytes } from '../crypto/random-bytes.js';
import { KeyEncryptionError } from './key-encryption-error.js';
import type { KeyEncryptionKey } from './key-encryption-key.js';
import { proveBinding } from './prove-binding.js';
import { TransitClient, type TransitServer } from './vault-transit/transit-client.js';
import { TransitKey } from './vault-transit/transit-key.js';

/** Authenticated with associated data, and as strong as what is wrapped. */
const TYPES: readonly unknown[] = ['aes256-gcm96', 'chacha20-poly1305', 'xchacha20-poly1305'];
/** What the server itself takes for a name, without dots alone. */
const PART = /^\w(?:[\w.-]*\w)?$/;

/**
 * The key-encryption key that a transit engine of HashiCorp Vault or OpenBao keeps. It is asked for first, since `encrypt`
 * would make one where there is none and the token may.
 *
 * @param server its token is wiped when the key is closed, and also on failure
 *
 * Rejects with `RangeError` for a malformed mount, name or token, and with `KeyEncryptionError`: also `missing` when the
 * key is of another kind than is needed.
 */
export async function openVaultTransitKey(
  server: TransitServer,
  randomBytes: RandomBytes = systemRandomBytes,
): Promise<KeyEncryptionKey> {
  const client = new TransitClient(server);
  try {
    assertNames(server);
    await assertUsable(client);
  } catch (error) {
    await client.close();
    throw error;
  }
  return await proveBinding(new TransitKey(client, server), randomBytes);
}

function assertNames({ mount, keyName, namespace, token }: TransitServer): void {
  if (!mount.split('/').every((part) => PART.test(part)))
    throw new RangeError('the mount of the key server is malformed');
  if (!PART.test(keyName)) throw new RangeError('the name of the key on the key server is malformed');
  if (namespace !== undefined && !/^[\x21-\x7e]+$/.test(namespace)) {
    throw new RangeError('the namespace of the key server is malformed');
  }
  if (token.length === 0 || token.expose().some((byte) => byte < 0x21 || byte > 0x7e)) {
    throw new RangeError('the token for the key server is malformed');
  }
}

async function assertUsable(client: TransitClient): Promise<void> {
  const { data } = await client.ask('keys');
  if (data !== undefined && TYPES.includes(data['type']) && data['derived'] === false) return;
  throw new KeyEncryptionError(
    'missing',
    'the key on the key server is of another kind than is needed: aes256-gcm96, and not derived',
  );
}
