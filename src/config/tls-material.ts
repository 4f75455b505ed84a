import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SecretBytes } from '../crypto/secret-bytes.js';
import { ConfigurationError } from './configuration-error.js';
import { readSecretFile } from './secret-file.js';
import { pemLabels, seenIn } from './seen-in-key-file.js';

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
  const certificate = parsed('TLS_CERT_FILE', certificatePem, 'a certificate', (pem) => new X509Certificate(pem));
  const key = parsed('TLS_KEY_FILE', keyPem, 'a private key', (pem) => createPrivateKey(pem));
  if (!certificate.checkPrivateKey(key)) throw new ConfigurationError(...mismatch(certificatePem, key));
  return Object.freeze({
    certificatePem: certificatePem.toString(),
    privateKeyPem: new SecretBytes(keyPem),
    notAfterMs: Date.parse(certificate.validTo),
    readAgain: () => readBoth(certificateFile, keyFile, production),
  });
}

function readFile(file: string, name: string): Buffer {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch {
    throw new ConfigurationError(name, 'names a file that cannot be read');
  }
  if (content.length === 0) throw new ConfigurationError(name, 'is an empty file');
  return content;
}

/** What `parse` makes of a file in PEM; what it cannot read is told by what it seems to be. */
function parsed<T>(
  name: string,
  content: Buffer,
  wanted: 'a certificate' | 'a private key',
  parse: (pem: Buffer) => T,
): T {
  const seen = seenIn(content).split(' and ');
  try {
    // A certificate in DER would be read as well here, but not by the listeners.
    if (pemLabels(content.toString('latin1')).length > 0) return parse(content);
  } catch {
    if (seen.includes(wanted)) throw new ConfigurationError(name, `holds ${wanted} that is damaged`);
  }
  throw new ConfigurationError(
    name,
    `holds ${seen.join(' and ')} instead of ${wanted} in PEM${wanted === 'a private key' ? ', unencrypted' : ''}`,
  );
}

/** The setting and the rule: mostly another key, but sometimes the chain in the wrong order. */
function mismatch(certificatePem: Buffer, key: KeyObject): [string, string] {
  const blocks = certificatePem.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  const isLater = blocks?.some((pem) => new X509Certificate(pem).checkPrivateKey(key)) === true;
  return isLater
    ? ['TLS_CERT_FILE', "must begin with the server's certificate; its chain comes after it"]
    : ['TLS_KEY_FILE', 'is not the key of the certificate in TLS_CERT_FILE'];
}
