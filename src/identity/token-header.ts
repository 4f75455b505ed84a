import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from '../config/signature-algorithms.js';
import { readTokenPart } from './token-part.js';
import { invalidToken } from './token-refusals.js';

/** The two things that a header may say. Neither is trusted: they choose among keys that are pinned already. */
export interface TokenHeader {
  readonly algorithm: SignatureAlgorithm;
  readonly keyId: string | undefined;
}

/** What real tokens take is 300 to 2000 bytes; a token is ASCII, so characters are bytes. */
const MOST_CHARACTERS = 8192;

const MOST_KEY_ID_CHARACTERS = 256;

/**
 * Parameters that name or bring a key, or change how the token is to be read. A reader that honours one of them
 * takes its trust from the token itself (RFC 8725 sections 2.1 and 3.10; RFC 7515 section 4.1.11; RFC 7797), so they
 * are not skipped but refused: whoever sends one is not speaking to us.
 */
const REFUSED_PARAMETERS = ['crit', 'jwk', 'jku', 'x5u', 'x5c', 'b64', 'zip', 'enc'];

/**
 * RFC 7519 section 5.1 and RFC 9068 section 2.1; compared in lower case, as media types are, and with or without the
 * `application/` that may be left out (RFC 7515 section 4.1.9).
 */
const TYPES = ['jwt', 'at+jwt'];

/**
 * Reads the header of a compact JWS (RFC 7515 section 7.1) before anything is verified. Throws `TOKEN.INVALID`
 * for everything that is not exactly three canonical base64url parts under a header as described above.
 */
export function readTokenHeader(token: string): TokenHeader {
  if (token.length > MOST_CHARACTERS) throw invalidToken(`the token is longer than ${MOST_CHARACTERS} bytes`);
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every(isCanonicalBase64Url)) {
    throw invalidToken('the token is not three base64url parts joined by dots');
  }
  const header = readTokenPart(parts[0] ?? '');
  if (header === undefined) throw invalidToken("the token's header is not one JSON object");
  if (REFUSED_PARAMETERS.some((name) => Object.hasOwn(header, name))) {
    throw invalidToken("the token's header has a parameter that is not accepted here");
  }
  requireType(header['typ']);
  return { algorithm: readAlgorithm(header['alg']), keyId: readKeyId(header['kid']) };
}

/** Non-empty, only the base64url alphabet, no padding, no stray bits in the last character. */
function isCanonicalBase64Url(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}

function requireType(type: unknown): void {
  if (type === undefined) return;
  if (typeof type !== 'string' || !TYPES.includes(type.toLowerCase().replace(/^application\//, ''))) {
    throw invalidToken("the token's type is neither JWT nor at+jwt");
  }
}

function readAlgorithm(name: unknown): SignatureAlgorithm {
  const algorithm = SIGNATURE_ALGORITHMS.find((candidate) => candidate === name);
  if (algorithm === undefined) throw invalidToken("the token's algorithm is not one of those accepted here");
  return algorithm;
}

function readKeyId(keyId: unknown): string | undefined {
  if (keyId === undefined) return undefined;
  if (typeof keyId !== 'string' || keyId.length > MOST_KEY_ID_CHARACTERS || /\p{Cc}/u.test(keyId)) {
    throw invalidToken("the token's key id is malformed");
  }
  return keyId;
}
