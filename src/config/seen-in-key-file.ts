import { X509Certificate } from 'node:crypto';

/** What a block of PEM holds, by its label (RFC 7468, and what OpenSSL, OpenSSH and PGP write). */
const BLOCKS = new Map([
  ['CERTIFICATE', 'a certificate'],
  ['X509 CERTIFICATE', 'a certificate'],
  ['TRUSTED CERTIFICATE', "a certificate in OpenSSL's own form"],
  ['CERTIFICATE REQUEST', 'a certificate request (CSR)'],
  ['NEW CERTIFICATE REQUEST', 'a certificate request (CSR)'],
  ['X509 CRL', 'a list of revoked certificates'],
  ['PRIVATE KEY', 'a private key'],
  ['RSA PRIVATE KEY', 'a private key'],
  ['EC PRIVATE KEY', 'a private key'],
  ['ENCRYPTED PRIVATE KEY', 'an encrypted private key'],
  ['OPENSSH PRIVATE KEY', 'an OpenSSH private key'],
  ['PUBLIC KEY', 'a public key'],
  ['RSA PUBLIC KEY', 'a public key'],
  ['SSH2 PUBLIC KEY', 'an OpenSSH public key'],
  ['EC PARAMETERS', "a curve's parameters"],
  ['DH PARAMETERS', 'Diffie-Hellman parameters'],
  ['PKCS7', 'a PKCS #7 bundle'],
]);

/** Other files that are taken for keys, by how their text begins. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^\s*$/, 'nothing but white space'],
  [/^(ssh-|ecdsa-sha2-|sk-)\S+ AAAA/, 'an OpenSSH public key'],
  [/^\s*\{.*"kty"/s, 'a JWK'],
  [/^[A-Za-z0-9+/\s]{64,}={0,2}\s*$/, 'base64 without its BEGIN and END lines'],
];

/** And by how their bytes begin, in hexadecimal. */
const FIRST_BYTES: readonly (readonly [RegExp, string])[] = [
  [/^(fffe|feff)/, 'text in UTF-16'],
  [/^feedfeed/, 'a Java keystore'],
  [/^3082....02010330/, 'a PKCS #12 file (.p12, .pfx)'],
];

/** The labels of the PEM blocks in a text, such as `PRIVATE KEY`, in their order. */
export function pemLabels(text: string): string[] {
  return [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label = '']) => label);
}

/**
 * What a file or variable that was to hold a key or certificate seems to hold, as the end of a sentence: `an encrypted
 * private key`. A guess for people; nothing depends on it, and it repeats nothing.
 */
export function seenIn(content: Uint8Array | string): string {
  const bytes = Buffer.from(content);
  const text = bytes.toString('latin1');
  const labels = pemLabels(text);
  if (labels.length > 0) return inBlocks(labels, /^Proc-Type: 4,ENCRYPTED/m.test(text));
  const start = bytes.subarray(0, 16).toString('hex');
  const [, known] =
    BEGINNINGS.find(([beginning]) => beginning.test(text)) ?? FIRST_BYTES.find(([first]) => first.test(start)) ?? [];
  return known ?? (start.startsWith('30') ? inDer(bytes) : 'no PEM');
}

function inBlocks(labels: readonly string[], isEncrypted: boolean): string {
  const kinds = labels.map((label) => {
    if (isEncrypted && label.endsWith('PRIVATE KEY')) return 'an encrypted private key';
    return BLOCKS.get(label) ?? (label.startsWith('PGP ') ? 'a PGP block' : 'PEM of another kind');
  });
  return [...new Set(kinds)].join(' and ');
}

function inDer(content: Buffer): string {
  try {
    new X509Certificate(content);
    return 'a certificate in DER, not PEM';
  } catch {
    return 'DER, not PEM';
  }
}
