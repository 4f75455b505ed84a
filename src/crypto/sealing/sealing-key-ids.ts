import type { SecretBytes } from '../secret-bytes.js';
import { deriveDomainKey } from './domain-key.js';

/** Which key each half seals with: 16 lower-case hexadecimal characters. The root key stays the caller's to wipe. */
export function sealingKeyIds(rootKey: SecretBytes): { readonly vault: string; readonly auth: string } {
  const idOf = (domain: 'vault' | 'auth'): string =>
    Buffer.from(deriveDomainKey(rootKey, domain).keyId).toString('hex');
  return { vault: idOf('vault'), auth: idOf('auth') };
}
