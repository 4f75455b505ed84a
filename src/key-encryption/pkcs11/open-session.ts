import { systemRandomBytes } from '../../crypto/random-bytes.js';
import { KeyEncryptionError } from '../key-encryption-error.js';
import { findCipher } from './find-cipher.js';
import { type Handle, loadModuleApi, type ModuleApi, type ModuleCalls, returnValueOf } from './module-api.js';
import { missing, unavailable } from './module-failures.js';
import type { ModuleKey } from './protocol.js';
import { TokenSession } from './token-session.js';

/** What a module says of the PIN. Asked again and again it would lock the token. */
const PIN_REFUSED = /^CKR_(?:PIN_\w+|USER_PIN_NOT_INITIALIZED)$/;

/**
 * Loads the module, logs in and finds the key. Throws `KeyEncryptionError`: `refused` when the PIN is not taken, `missing`
 * when there is no such token or key, `unavailable` for everything else.
 *
 * @param pin a string, since that is what pkcs11js takes: it cannot be wiped
 */
export function openSession(key: ModuleKey, pin: string): TokenSession {
  const api = tried('pkcs11js cannot be loaded: is it installed, and was it compiled?', loadModuleApi);
  const calls = new api.PKCS11();
  tried('the PKCS#11 module cannot be loaded', () => {
    calls.load(key.modulePath);
  });
  return tried('the PKCS#11 module cannot be used', () => {
    calls.C_Initialize({ flags: api.CKF_OS_LOCKING_OK });
    const { slot, serialNumber } = slotOf(calls, key.tokenLabel);
    const session = calls.C_OpenSession(slot, api.CKF_SERIAL_SESSION);
    logIn(api, calls, session, pin);
    return new TokenSession(findCipher({ api, calls, session }, serialNumber, key), systemRandomBytes);
  });
}

function slotOf(calls: ModuleCalls, label: string): { readonly slot: Handle; readonly serialNumber: string } {
  const tokens = calls.C_GetSlotList(true).map((slot) => ({ slot, ...calls.C_GetTokenInfo(slot) }));
  // Padded with blanks, by the standard.
  const [token, ...others] = tokens.filter((each) => each.label.trimEnd() === label);
  if (token === undefined) throw missing('the PKCS#11 module has no token of this label');
  if (others.length > 0) throw missing('the PKCS#11 module has more than one token of this label');
  return token;
}

function logIn(api: ModuleApi, calls: ModuleCalls, session: Handle, pin: string): void {
  try {
    calls.C_Login(session, api.CKU_USER, pin);
  } catch (error) {
    const value = returnValueOf(error) ?? '';
    if (!PIN_REFUSED.test(value)) throw error;
    throw new KeyEncryptionError('refused', `the PKCS#11 token does not take the PIN (${value})`);
  }
}

function tried<T>(whatFailed: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof KeyEncryptionError) throw error;
    const value = returnValueOf(error);
    throw unavailable(value === undefined ? whatFailed : `${whatFailed} (${value})`);
  }
}
