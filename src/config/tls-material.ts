import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SecretBytes } from '../crypto/secret-bytes.js';
import { ConfigurationError } from './configuration-error.js';
import { readSecretFile } from './secret-file.js';

/** What every listener needs to speak TLS. */
export interface TlsMaterial {
  /** The certificate, and the chain after it, in PEM. */
  readonly certificatePem: string;
  /** The private key in PEM, unencrypted. */
  readonly privateKeyPem: SecretBytes;
  /** When the certificate ends, in milliseconds since 1970. */
  readonly notAfterMs: number;
  /** Reads and checks both files again; throws as at the start. */
  readonly readAgain: () => TlsMaterial;
}

/**
 * Reads and checks both files: either none or both, readable, parseable, and belonging together; the key not open
 * to other users. Throws `ConfigurationError` naming the variable at fault.
 */
export function readTlsMaterial(
  certificateFile: string | undefined,
  keyFile: string | undefined,
  production: boolean,
): TlsMaterial | undefined {
  if (certificateFile === undefined && keyFile === undefined) return undefined;
  if (certificateFile === undefined) throw new ConfigurationError('TLS_CERT_FILE', 'must be set when TLS_KEY_FILE is');
  if (keyFile === undefined) throw new ConfigurationError('TLS_KEY_FILE', 'must be set when TLS_CERT_FILE is');
  return readBoth(certificateFile, keyFile, production);
}

function readBoth(certificateFile: string, keyFile: string, production: boolean): TlsMaterial {
  const certificatePem = readFile(certificateFile, 'TLS_CERT_FILE');
  const keyPem = readSecretFile(keyFile, 'TLS_KEY_FILE', 'operators', production);
  if (keyPem === undefined) throw new ConfigurationError('TLS_KEY_FILE', 'names a file that does not exist');
  const certificate = parsed(() => new X509Certificate(certificatePem), 'TLS_CERT_FILE', 'holds no certificate in PEM');
  const key = parsed(() => createPrivateKey(keyPem), 'TLS_KEY_FILE', 'holds no unencrypted private key in PEM');
  if (!certificate.checkPrivateKey(key)) {
    throw new ConfigurationError('TLS_KEY_FILE', 'is not the key of the certificate in TLS_CERT_FILE');
  }
  return Object.freeze({
    certificatePem: certificatePem.toString(),
    privateKeyPem: new SecretBytes(keyPem),
    notAfterMs: Date.parse(certificate.validTo),
    readAgain: () => readBoth(certificateFile, keyFile, production),
  });
}

function readFile(file: string, name: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new ConfigurationError(name, 'names a file that cannot be read');
  }
}

function parsed<T>(parse: () => T, name: string, rule: string): T {
  try {
    return parse();
  } catch {
    throw new ConfigurationError(name, rule);
  }
}
