import { createHash } from 'node:crypto';
import { SecretBytes, unmovedCopy } from '../../crypto/secret-bytes.js';
import { KeyEncryptionError, refusedWrapping } from '../key-encryption-error.js';
import type { KeyEncryptionKey, WrappingContext } from '../key-encryption-key.js';
import { DATA_KEY_BYTES, encodeContext, exposeDataKey } from '../wrapped-bytes.js';
import type { TransitClient, TransitServer } from './transit-client.js';

/** As Vault and OpenBao write it: which version of the key, then base64. Of other spellings none is taken. */
const CIPHERTEXT = /^vault:v[1-9][0-9]{0,8}:([A-Za-z0-9+/]+={0,2})$/;
const MOST_BYTES = 1024;

/**
 * A key that a key server keeps. A wrapping is what the server calls ciphertext, as ASCII; the context is its associated
 * data. What was wrapped by an older version of the key opens as long as the server has that version.
 */
export class TransitKey implements KeyEncryptionKey {
  readonly provider = 'vault-transit';
  /** Of namespace, mount and name, which a move to another server may keep. */
  readonly fingerprint: string;
  readonly #client: TransitClient;

  constructor(client: TransitClient, { namespace = '', mount, keyName }: TransitServer) {
    this.#client = client;
    const name = ['split-key-kms/key-encryption/1/vault-transit', namespace, mount, keyName].join('\n');
    this.fingerprint = createHash('sha256').update(name).digest('hex').slice(0, 16);
  }

  async wrap(key: SecretBytes, context: WrappingContext): Promise<Uint8Array> {
    const plaintext = base64(exposeDataKey(key));
    const { data } = await this.#client.ask('encrypt', { plaintext, associated_data: base64(encodeContext(context)) });
    if (data === undefined) throw new KeyEncryptionError('refused', 'the key server refuses to wrap with this key');
    const ciphertext = data['ciphertext'];
    if (typeof ciphertext !== 'string' || !isCiphertext(ciphertext)) throw notUnderstood();
    return new TextEncoder().encode(ciphertext);
  }

  async unwrap(wrapped: Uint8Array, context: WrappingContext): Promise<SecretBytes> {
    const associatedData = base64(encodeContext(context));
    const ciphertext = Buffer.from(wrapped).toString('latin1');
    if (!isCiphertext(ciphertext)) throw refusedWrapping();
    const { data } = await this.#client.ask('decrypt', { ciphertext, associated_data: associatedData });
    if (data === undefined) throw refusedWrapping();
    const plaintext = data['plaintext'];
    if (typeof plaintext !== 'string') throw notUnderstood();
    const opened = Buffer.from(plaintext, 'base64');
    const key = new SecretBytes(unmovedCopy(opened));
    opened.fill(0);
    if (key.length === DATA_KEY_BYTES) return key;
    key.wipe();
    throw refusedWrapping();
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

/** Whether it is spelled as the server would spell it: Go's decoder lets line feeds and other spellings pass. */
function isCiphertext(text: string): boolean {
  const encoded = text.length > MOST_BYTES ? undefined : CIPHERTEXT.exec(text)?.[1];
  return encoded !== undefined && Buffer.from(encoded, 'base64').toString('base64') === encoded;
}

function notUnderstood(): KeyEncryptionError {
  return new KeyEncryptionError('unavailable', 'the key server answered with something that is not understood');
}
