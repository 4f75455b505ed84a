import { DomainError } from '../../errors/domain-error.js';
import { HEAD_LIMIT_BYTES, PATH_PARAMETER_LIMIT_CHARACTERS, TARGET_LIMIT_CHARACTERS } from './listener-limits.js';

/** What Node says with the event `clientError`; its parser adds what it was reading and how far it got. */
export interface ClientError extends Error {
  readonly code?: string;
  readonly rawPacket?: Uint8Array;
  readonly bytesParsed?: number;
}

/**
 * What the client is told about a request that Node could not read. `undefined` where there is nobody to tell: the
 * connection broke, or the TLS handshake failed.
 */
export function clientErrorRefusal(error: ClientError): DomainError | undefined {
  const { code = '' } = error;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new DomainError('REQUEST.TIMEOUT', 'the request did not arrive in time');
  }
  if (code === 'HPE_HEADER_OVERFLOW') return endsInRequestLine(error) ? targetTooLong() : headTooLarge();
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return new DomainError('REQUEST.BODY_TOO_LARGE', 'the extensions of a chunk of the body are too long');
  }
  // Every complaint of Node's parser (llhttp) has a code of this kind.
  return code.startsWith('HPE_') ? malformed() : undefined;
}

export function malformed(detail = 'the HTTP request is malformed'): DomainError {
  return new DomainError('REQUEST.REFUSED', detail);
}

export function targetTooLong(): DomainError {
  const [whole, part] = [TARGET_LIMIT_CHARACTERS, PATH_PARAMETER_LIMIT_CHARACTERS];
  const words = `the path is too long: with its query it may have ${whole} characters, and each part of it ${part}`;
  return new DomainError('REQUEST.URI_TOO_LONG', words);
}

function headTooLarge(): DomainError {
  return new DomainError('REQUEST.HEADERS_TOO_LARGE', `the headers are larger than ${HEAD_LIMIT_BYTES} bytes`);
}

/**
 * Whether the parser was still in the first line. Only what came in the last piece can be looked at, so a long line in
 * several pieces is taken for headers; either answer is true of it.
 */
function endsInRequestLine({ rawPacket = new Uint8Array(), bytesParsed = 0 }: ClientError): boolean {
  const read = Buffer.from(rawPacket.subarray(0, Math.max(bytesParsed, HEAD_LIMIT_BYTES)));
  return /^[A-Z]+ [^\n]*$/.test(read.toString('latin1'));
}
