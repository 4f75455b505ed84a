import { createRequire } from 'node:module';

/** A handle of a session or an object, as the module counts them. */
export type Handle = Buffer;

export interface Attribute {
  readonly type: number;
  readonly value?: Buffer | string | number | boolean;
}

export interface Mechanism {
  readonly mechanism: number;
  readonly parameter: object | null;
}

/** What we call of PKCS#11 (OASIS, version 2.40), as pkcs11js has it. All of it blocks, and throws `ModuleError`. */
export interface ModuleCalls {
  load(path: string): void;
  C_Initialize(options: { readonly flags: number }): void;
  C_Finalize(): void;
  C_GetSlotList(tokenPresent: boolean): Handle[];
  C_GetTokenInfo(slot: Handle): { readonly label: string; readonly serialNumber: string };
  C_OpenSession(slot: Handle, flags: number): Handle;
  C_Login(session: Handle, userType: number, pin: string): void;
  C_FindObjectsInit(session: Handle, template: readonly Attribute[]): void;
  C_FindObjects(session: Handle, most: number): Handle[];
  C_FindObjectsFinal(session: Handle): void;
  C_GetAttributeValue(session: Handle, object: Handle, template: readonly Attribute[]): { readonly value: Buffer }[];
  C_EncryptInit(session: Handle, mechanism: Mechanism, key: Handle): void;
  C_Encrypt(session: Handle, input: Buffer, output: Buffer): Buffer;
  C_DecryptInit(session: Handle, mechanism: Mechanism, key: Handle): void;
  C_Decrypt(session: Handle, input: Buffer, output: Buffer): Buffer;
  C_SignInit(session: Handle, mechanism: Mechanism, key: Handle): void;
  C_Sign(session: Handle, input: Buffer, output: Buffer): Buffer;
}

type ConstantName =
  | 'CKA_CLASS'
  | 'CKA_ID'
  | 'CKA_KEY_TYPE'
  | 'CKA_LABEL'
  | 'CKA_MODULUS'
  | 'CKA_PUBLIC_EXPONENT'
  | 'CKA_VALUE_LEN'
  | 'CKF_OS_LOCKING_OK'
  | 'CKF_SERIAL_SESSION'
  | 'CKG_MGF1_SHA1'
  | 'CKG_MGF1_SHA256'
  | 'CKK_AES'
  | 'CKK_RSA'
  | 'CKM_AES_GCM'
  | 'CKM_RSA_PKCS_OAEP'
  | 'CKM_SHA256'
  | 'CKM_SHA256_RSA_PKCS_PSS'
  | 'CKM_SHA_1'
  | 'CKO_PRIVATE_KEY'
  | 'CKO_SECRET_KEY'
  | 'CKU_USER'
  | 'CK_PARAMS_AES_GCM_v240'
  | 'CK_PARAMS_RSA_OAEP'
  | 'CK_PARAMS_RSA_PSS';

/** pkcs11js: the calls, and the standard's numbers by their names. */
export type ModuleApi = Readonly<Record<ConstantName, number>> & { readonly PKCS11: new () => ModuleCalls };

/**
 * Loads pkcs11js. An optional dependency, compiled when it is installed: where that failed, npm leaves it out, so its own
 * typings cannot be relied on either. Throws when it is not there.
 */
export function loadModuleApi(): ModuleApi {
  return createRequire(import.meta.url)('pkcs11js') as ModuleApi;
}

/** The name of what a call of the module failed with, as `CKR_PIN_INCORRECT`; of other errors `undefined`. */
export function returnValueOf(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  return /^CKR_\w+$/.test(message) ? message : undefined;
}
