import type { KeyDomain } from '../crypto/sealing/data-key.js';
import type { DerivedKeys } from '../crypto/sealing/sealing-keys.js';
import type { KeyEncryptionKey } from '../key-encryption/key-encryption-key.js';

/** What opens a database. */
export interface Custody {
  readonly kek: KeyEncryptionKey;
  /** For ZAuth's data keys, if it has one of its own. */
  readonly authKek?: KeyEncryptionKey | undefined;
  /** What earlier releases sealed with, where the sealing key is in our hands. */
  readonly derived: DerivedKeys | undefined;
}

/** What wraps the data keys of a domain. */
export function kekFor({ kek, authKek = kek }: Custody, domain: KeyDomain): KeyEncryptionKey {
  return domain === 'auth' ? authKek : kek;
}

export async function closeCustody({ kek, authKek }: Custody): Promise<void> {
  await Promise.all([kek.close(), authKek?.close()]);
}
