import { environmentVariable } from '../config/environment.js';
import type { KekConfiguration } from '../config/kek.js';
import { readSealingKeyFile } from '../config/local-secrets.js';
import { readSecret } from '../config/read-secret.js';
import { SecretBytes, unmovedCopy } from '../crypto/secret-bytes.js';
import type { KnownPassphrase } from '../data-keys/passphrase-rows.js';
import { StartError } from '../errors/start-error.js';
import { KeyEncryptionError } from '../key-encryption/key-encryption-error.js';
import type { KeyEncryptionKey } from '../key-encryption/key-encryption-key.js';
import { openLocalKey } from '../key-encryption/open-local-key.js';
import { newPassphraseParameters, openPassphraseKey } from '../key-encryption/open-passphrase-key.js';
import { openPkcs11Key } from '../key-encryption/open-pkcs11-key.js';
import { openVaultTransitKey } from '../key-encryption/open-vault-transit-key.js';

const SERVER_MS = 5_000;

export interface KekBeside {
  /** How the passphrases were stretched that the database knows. */
  readonly known: readonly KnownPassphrase[];
  /** Whether a passphrase may be one that the database does not know; if not, it is refused. */
  readonly mayBeNew: boolean;
  /** What somebody was asked for, where none is configured; wiped here. */
  readonly passphrase?: SecretBytes | undefined;
}

/**
 * Opens the key-encryption key that is configured. What others keep has by then wrapped and unwrapped something. Rejects
 * with `StartError`: one line that names the setting or the provider, and no secret.
 */
export async function openKek(configuration: KekConfiguration, beside: KekBeside): Promise<KeyEncryptionKey> {
  try {
    return await open(configuration, beside);
  } catch (error) {
    if (!(error instanceof KeyEncryptionError) && !(error instanceof RangeError)) throw error;
    const { prefix, provider } = configuration;
    throw new StartError(`${prefix}KEK_PROVIDER=${provider}: ${error.message}`, { cause: error });
  } finally {
    beside.passphrase?.wipe();
  }
}

async function open(kek: KekConfiguration, beside: KekBeside): Promise<KeyEncryptionKey> {
  const { production } = kek;
  switch (kek.provider) {
    case 'file': {
      if (kek.file === undefined) throw new Error('the sealing key of the data directory is opened by openCustody');
      return openLocalKey('file', readSealingKeyFile(kek.file, `${kek.prefix}SEALING_KEY_FILE`, production));
    }
    case 'env':
      return openLocalKey('env', copyOf(kek.secret));
    case 'passphrase':
      return openStretched(kek, beside);
    case 'vault-transit': {
      const { address, mount, keyName, namespace, proxy } = kek;
      const token = readSecret(kek.token, production);
      return openVaultTransitKey({ address, mount, keyName, namespace, token, proxy, milliseconds: SERVER_MS });
    }
    case 'pkcs11': {
      const { modulePath, tokenLabel, keyLabel, keyIdHex } = kek;
      const environment = Object.fromEntries(kek.environment.map((name) => [name, environmentVariable(name) ?? '']));
      return openPkcs11Key({
        modulePath,
        tokenLabel,
        keyLabel,
        keyIdHex,
        environment,
        pin: readSecret(kek.pin, production),
      });
    }
  }
}

/** The key that the database knows, else a new one. Each attempt takes some tenths of a second. */
async function openStretched(
  { passphrase: source, production }: Extract<KekConfiguration, { provider: 'passphrase' }>,
  { known, mayBeNew, passphrase: asked }: KekBeside,
): Promise<KeyEncryptionKey> {
  const passphrase = source === undefined ? asked : readSecret(source, production);
  if (passphrase === undefined) throw new StartError('KEK_PASSPHRASE_FILE (or KEK_PASSPHRASE) must be set for this');
  try {
    for (const { fingerprint, stretching } of known) {
      const kek = await openPassphraseKey(copyOf(passphrase), stretching);
      if (kek.fingerprint === fingerprint) return kek;
      await kek.close();
    }
    if (mayBeNew) return await openPassphraseKey(copyOf(passphrase), newPassphraseParameters());
  } finally {
    passphrase.wipe();
  }
  throw new StartError(
    `${source?.setting ?? 'what was typed'} is another passphrase than the one under which the data keys are wrapped`,
  );
}

function copyOf(secret: SecretBytes): SecretBytes {
  return new SecretBytes(unmovedCopy(secret.expose()));
}
