import { AesGcmCipher } from './aes-gcm-cipher.js';
import type { Attribute, Handle } from './module-api.js';
import type { KeyInSession, ModuleCipher } from './module-cipher.js';
import type { ModuleKey } from './protocol.js';
import { RsaCipher } from './rsa-cipher.js';
import { missing } from './module-failures.js';

const AES_KEY_BYTES = 32;
const LEAST_MODULUS_BYTES = 256;

/**
 * What the one key of this label and id wraps by: an AES key, or where there is none an RSA key. Throws `missing`, and what
 * the module throws.
 */
export function findCipher(at: Omit<KeyInSession, 'key'>, serialNumber: string, names: ModuleKey): ModuleCipher {
  const aes = onlyKey(at, names, at.api.CKO_SECRET_KEY, at.api.CKK_AES);
  if (aes !== undefined) return aesCipher({ ...at, key: aes }, serialNumber);
  const rsa = onlyKey(at, names, at.api.CKO_PRIVATE_KEY, at.api.CKK_RSA);
  if (rsa !== undefined) return rsaCipher({ ...at, key: rsa });
  throw missing('the PKCS#11 token has no AES key, and no RSA key, of this label and id');
}

function aesCipher(at: KeyInSession, serialNumber: string): ModuleCipher {
  const { CKA_ID, CKA_LABEL, CKA_VALUE_LEN } = at.api;
  const [id, label, length] = attributes(at, CKA_ID, CKA_LABEL, CKA_VALUE_LEN);
  if (length?.readUIntLE(0, 4) !== AES_KEY_BYTES)
    throw missing('the key in the PKCS#11 module is no AES key of 256 bits');
  return new AesGcmCipher(at, [serialNumber.trim(), id?.toString('hex') ?? '', label?.toString('hex') ?? '']);
}

function rsaCipher(at: KeyInSession): ModuleCipher {
  const { CKA_MODULUS, CKA_PUBLIC_EXPONENT } = at.api;
  const [modulus, exponent] = attributes(at, CKA_MODULUS, CKA_PUBLIC_EXPONENT);
  if (modulus === undefined || exponent === undefined || modulus.length < LEAST_MODULUS_BYTES) {
    throw missing('the key in the PKCS#11 module is no RSA key of at least 2048 bits');
  }
  return new RsaCipher(at, { modulus, exponent });
}

function onlyKey(
  { api, calls, session }: Omit<KeyInSession, 'key'>,
  { keyLabel, keyIdHex }: ModuleKey,
  keyClass: number,
  keyType: number,
): Handle | undefined {
  const template: Attribute[] = [
    { type: api.CKA_CLASS, value: keyClass },
    { type: api.CKA_KEY_TYPE, value: keyType },
  ];
  if (keyLabel !== undefined) template.push({ type: api.CKA_LABEL, value: keyLabel });
  if (keyIdHex !== undefined) template.push({ type: api.CKA_ID, value: Buffer.from(keyIdHex, 'hex') });
  calls.C_FindObjectsInit(session, template);
  const [found, ...others] = calls.C_FindObjects(session, 2);
  calls.C_FindObjectsFinal(session);
  if (others.length > 0) throw missing('the PKCS#11 token has more than one key of this label and id');
  return found;
}

function attributes({ calls, session, key }: KeyInSession, ...types: readonly number[]): (Buffer | undefined)[] {
  const template = types.map((type) => ({ type }));
  return calls.C_GetAttributeValue(session, key, template).map(({ value }) => value);
}
