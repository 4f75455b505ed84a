import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Wallet } from '../domain/wallet.js';

/** A public name that came along with a key, and the field it came in. */
export type NameOfKey =
  | { readonly field: string; readonly clientKeyHex: PublicKeyHex }
  | { readonly field: string; readonly clientId: ClientId };

/** A secret of a request, and the field that it came in. */
export interface NamedSecret {
  readonly field: string;
  readonly secret: SecretBytes;
}

export interface Words extends NamedSecret {
  /** Whether they must be the key's: words beside a `private_key` are kept as they are. */
  readonly areChecked: boolean;
}

/** A wallet that was made elsewhere. */
export interface KeyToStore {
  /** The key itself, if it came; wiped by whoever stores it. */
  readonly key: NamedSecret | undefined;
  /** The words, as UTF-8, if they came, which they must without a key; wiped by whoever stores them. */
  readonly words: Words | undefined;
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
