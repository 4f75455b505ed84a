import type { SecretBytes } from '../secret-bytes.js';
import { idOf, ofEachDomain } from './data-key.js';
import type { DataKey, SealingDomain } from './data-key.js';
import { deriveDomainKey } from './domain-key.js';

/** What each domain was sealed with by earlier releases, and the root key follows from none. */
export type DerivedKeys = Readonly<Record<SealingDomain, DataKey>>;

/** Derives every one of them from the root key (32 bytes). Throws `RangeError` for another length. */
export function deriveSealingKeys(rootKey: SecretBytes): DerivedKeys {
  return ofEachDomain((domain) => deriveDomainKey(rootKey, domain));
}

/** Which key each half sealed with, as an earlier release's database remembers it: 16 hexadecimal characters each. */
export function sealingKeyIds({ vault, auth }: DerivedKeys): { readonly vault: string; readonly auth: string } {
  return { vault: idOf(vault), auth: idOf(auth) };
}
