import { type RandomBytes, systemRandomBytes } from '../crypto/random-bytes.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { KeyEncryptionKey } from './key-encryption-key.js';
import { ModuleKeeper } from './pkcs11/module-keeper.js';
import { Pkcs11Key } from './pkcs11/pkcs11-key.js';
import type { ModuleKey } from './pkcs11/protocol.js';
import { proveBinding } from './prove-binding.js';

export interface Pkcs11Settings extends ModuleKey {
  /** In UTF-8. Kept for as long as the key is open, since a module that crashed is logged into anew; wiped then. */
  readonly pin: SecretBytes;
  /** All that the module finds in its environment; no secrets. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly startMilliseconds?: number;
  /** How long a call may wait for its turn, and then how long it may take. */
  readonly callMilliseconds?: number;
}

const START_MS = 15_000;
const CALL_MS = 5_000;

/**
 * The key-encryption key that a PKCS#11 module keeps: an HSM, or SoftHSM. It is never made here. The module runs in a child
 * process, which is started again when it dies.
 *
 * Rejects with `RangeError` when neither label nor id names the key, or the id is malformed, and with `KeyEncryptionError`:
 * `refused` when the PIN is not taken (asked once), `missing` without exactly one such key, else `unavailable`.
 */
export async function openPkcs11Key(
  settings: Pkcs11Settings,
  randomBytes: RandomBytes = systemRandomBytes,
): Promise<KeyEncryptionKey> {
  const { pin, environment = {}, startMilliseconds = START_MS, callMilliseconds = CALL_MS } = settings;
  const { modulePath, tokenLabel, keyLabel, keyIdHex } = settings;
  try {
    assertKeyIsNamed(settings);
  } catch (error) {
    pin.wipe();
    throw error;
  }
  const key = { modulePath, tokenLabel, keyLabel, keyIdHex };
  const keeper = new ModuleKeeper({ key, environment, startMilliseconds, callMilliseconds }, pin);
  return await proveBinding(new Pkcs11Key(keeper, await keeper.open(), randomBytes), randomBytes);
}

function assertKeyIsNamed({ keyLabel, keyIdHex }: ModuleKey): void {
  if (keyLabel === undefined && keyIdHex === undefined) throw new RangeError('a PKCS#11 key needs a label or an id');
  if (keyIdHex !== undefined && !/^(?:[0-9a-f]{2})+$/i.test(keyIdHex)) {
    throw new RangeError('the id of a PKCS#11 key must be hexadecimal');
  }
}
