import type { SecretBytes } from '../secret-bytes.js';
import { deriveDomainKey } from './domain-key.js';
import type { DomainKey, SealingDomain } from './domain-key.js';

/** The key of each domain. None opens what another sealed, and the root key follows from none. */
export type SealingKeys = Readonly<Record<SealingDomain, DomainKey>>;

/**
 * Derives every key that seals from the root key (32 bytes, from the sealing key file), and wipes the root key, also
 * when it throws: whoever has it can derive every other, so nobody keeps it. Throws `RangeError` for another length.
 */
export function deriveSealingKeys(rootKey: SecretBytes): SealingKeys {
  try {
    const of = (domain: SealingDomain): DomainKey => deriveDomainKey(rootKey, domain);
    return Object.freeze({
      vault: of('vault'),
      auth: of('auth'),
      audit: of('audit'),
      cursors: of('cursors'),
      requests: of('requests'),
    });
  } finally {
    rootKey.wipe();
  }
}

/** Which key each half seals with, as the database remembers it: 16 lower-case hexadecimal characters each. */
export function sealingKeyIds({ vault, auth }: SealingKeys): { readonly vault: string; readonly auth: string } {
  const hex = ({ keyId }: DomainKey): string => Buffer.from(keyId).toString('hex');
  return { vault: hex(vault), auth: hex(auth) };
}
