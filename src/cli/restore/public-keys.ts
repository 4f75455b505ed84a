import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { clientIdOf } from '../../crypto/bls0chain/client-id.js';
import { encodePublicKey } from '../../crypto/bls0chain/codec.js';
import { MalformedInputError } from '../../errors/malformed-input-error.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';

/** Which columns of a secret's row hold its public key, and the client id of that. By `TABLE.COLUMN` of the secret. */
const SHOWN: Readonly<Record<string, { readonly publicKey: string; readonly clientId?: string }>> = {
  'vault_wallets.sealed_master_key': { publicKey: 'client_key', clientId: 'client_id' },
  'vault_split_keys.sealed_user_share': { publicKey: 'user_public_key' },
  'auth_server_shares.sealed_server_share': { publicKey: 'server_public_key' },
};

/** SQL: the public key and the client id that a row says, or NULL. */
export function shownBesides(table: string, column: string): string {
  const { publicKey = 'NULL', clientId = 'NULL' } = SHOWN[`${table}.${column}`] ?? {};
  return `${publicKey} AS publicKey, ${clientId} AS clientId`;
}

/**
 * Whether a secret has the public key, and that the client id, that its row says. Both are plain in the row, and whoever
 * can write the file can write others there: what is signed with it would then be somebody else's.
 */
export function isOfItsRow(
  engine: BlsEngine,
  secret: SecretBytes,
  { publicKey, clientId }: { readonly publicKey: string | null; readonly clientId: string | null },
): boolean {
  if (publicKey === null) return true;
  try {
    const derived = engine.publicKeyOf(secret);
    return encodePublicKey(derived) === publicKey && (clientId === null || clientIdOf(derived) === clientId);
  } catch (error) {
    if (error instanceof MalformedInputError) return false;
    throw error;
  }
}
