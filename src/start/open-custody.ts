import type { KmsConfiguration } from '../config/configuration.js';
import { readSealingKey } from '../config/local-secrets.js';
import { deriveSealingKeys, sealingKeyIds } from '../crypto/sealing/sealing-keys.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { ConfiguredKeys } from '../database/sealing-key-check.js';
import type { Custody } from '../data-keys/open-key-rings.js';
import { openLocalKey } from '../key-encryption/open-local-key.js';

/**
 * What opens a database: the key that wraps its data keys, and what earlier releases sealed with, both derived from the
 * sealing key (32 bytes), which is wiped, also on failure: whoever has it can derive them all, so nobody keeps it.
 */
export async function openCustody(sealingKey: SecretBytes): Promise<Custody> {
  try {
    const derived = deriveSealingKeys(sealingKey);
    return { kek: await openLocalKey('file', sealingKey), derived };
  } finally {
    sealingKey.wipe();
  }
}

/** The same from where the key is kept, which must be there. Rejects with `StartError`. */
export async function reopenCustody(configuration: KmsConfiguration): Promise<Custody> {
  return openCustody(readSealingKey(configuration));
}

/** By what they are known, for `checkDatabase`. */
export function configuredKeys({ kek: { provider, fingerprint }, derived }: Custody): ConfiguredKeys {
  return { kek: { provider, fingerprint }, derived: derived === undefined ? undefined : sealingKeyIds(derived) };
}
