import type { KmsConfiguration } from '../config/configuration.js';
import { readSealingKey } from '../config/local-secrets.js';
import type { KeyDomain } from '../crypto/sealing/data-key.js';
import { deriveSealingKeys, sealingKeyIds } from '../crypto/sealing/sealing-keys.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import { kekFor } from '../data-keys/custody.js';
import type { Custody } from '../data-keys/custody.js';
import { readPassphrases } from '../data-keys/passphrase-rows.js';
import type { KnownPassphrase } from '../data-keys/passphrase-rows.js';
import { databaseState, IN_MEMORY } from '../database/database-files.js';
import { refuseForeignLog } from '../database/foreign-log.js';
import type { ConfiguredKeys } from '../database/sealing-key-check.js';
import { withDatabase } from '../database/start-checks.js';
import { openLocalKey } from '../key-encryption/open-local-key.js';
import { openKek } from './open-kek.js';

/** Secrets that were read or asked for already. Wiped by whoever opens with them. */
export interface GivenSecrets {
  readonly sealingKey?: SecretBytes | undefined;
  readonly passphrase?: SecretBytes | undefined;
  /** Of the database that is to be opened, where it is not the configured one. */
  readonly known?: readonly KnownPassphrase[];
}

/**
 * What opens a database whose data keys the sealing key (32 bytes) wraps, and what earlier releases sealed with, which is
 * derived from it. Wipes it, also on failure: whoever has it can derive them all, so nobody keeps it.
 */
export async function openCustody(sealingKey: SecretBytes): Promise<Custody> {
  try {
    const derived = deriveSealingKeys(sealingKey);
    return { kek: await openLocalKey('file', sealingKey), derived };
  } finally {
    sealingKey.wipe();
  }
}

/**
 * What opens the database, from the keys that are configured: the one place where a provider is chosen. Reads what is
 * known of passphrases from the database and changes nothing. Rejects with `StartError`.
 */
export async function openConfiguredCustody(
  configuration: KmsConfiguration,
  { sealingKey, passphrase, known }: GivenSecrets = {},
): Promise<Custody> {
  const { kek, authKek } = configuration;
  const passphrases = known ?? knownPassphrases(configuration);
  const beside = { known: passphrases, mayBeNew: passphrases.length === 0 };
  const custody =
    kek.provider === 'file'
      ? await openCustody(sealingKey ?? readSealingKey(configuration))
      : { kek: await openKek(kek, { ...beside, passphrase }), derived: undefined };
  if (authKek === undefined) return custody;
  try {
    return { ...custody, authKek: await openKek(authKek, beside) };
  } catch (error) {
    await custody.kek.close();
    throw error;
  }
}

/** Whether somebody has to be asked for the passphrase, since it is configured nowhere. */
export function isPassphraseAsked({ kek }: Pick<KmsConfiguration, 'kek'>): boolean {
  return kek.provider === 'passphrase' && kek.passphrase === undefined;
}

/** By what they are known, for `checkDatabase`. */
export function configuredKeys(custody: Custody): ConfiguredKeys {
  const { derived } = custody;
  return {
    // The domains of a database are ours; of a stranger's the fingerprint would be another as well.
    kekOf: (domain) => kekFor(custody, domain as KeyDomain),
    derived: derived === undefined ? undefined : sealingKeyIds(derived),
  };
}

function knownPassphrases({ kek, authKek, database }: KmsConfiguration): readonly KnownPassphrase[] {
  if (kek.provider !== 'passphrase' && authKek?.provider !== 'passphrase') return [];
  if (database === IN_MEMORY || databaseState(database) !== 'there') return [];
  refuseForeignLog(database);
  return withDatabase(database, { readonly: true }, readPassphrases);
}
