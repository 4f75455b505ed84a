import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Wallet } from '../domain/wallet.js';

/** A public name that came along with a key, and the field it came in. */
export type NameOfKey =
  | { readonly field: string; readonly clientKeyHex: PublicKeyHex }
  | { readonly field: string; readonly clientId: ClientId };

/** A wallet that was made elsewhere. */
export interface KeyToStore {
  /** Wiped by whoever stores it. */
  readonly masterKey: SecretBytes;
  /** The words, as UTF-8; wiped by whoever stores them. */
  readonly mnemonic: SecretBytes | undefined;
  /** What the caller believes the key is called. */
  readonly names: readonly NameOfKey[];
}

/**
 * Throws `STORE.INCONSISTENT` for the first name that is not the wallet's. Whoever reads the bytes of a key in another
 * order has a valid key with another name, and would find an empty wallet.
 *
 * @param wallet as it follows from the private key
 */
export function assertNamed(wallet: Wallet, names: readonly NameOfKey[]): void {
  for (const name of names) {
    const fits = 'clientId' in name ? name.clientId === wallet.clientId : name.clientKeyHex === wallet.clientKeyHex;
    if (fits) continue;
    const what = 'clientId' in name ? 'client id' : 'public key';
    throw inconsistent(
      name.field,
      `is not the ${what} of this private key (is it big-endian? it must be little-endian)`,
    );
  }
}

/** What contradicts itself is not stored. */
export function inconsistent(field: string, rule: string): DomainError {
  return new DomainError('STORE.INCONSISTENT', `${field}: ${rule}`, { field });
}
