import type { ErrorCode } from '../../../src/errors/error-catalogue.js';

/** A request that HTTP clients do not send, and how every listener answers it. */
export interface OddRequest {
  readonly name: string;
  /** What is sent, for the prefix of the paths. */
  readonly bytes: (prefix: string) => string;
  readonly status: number;
  /** The error's code; `undefined` where it is no error. */
  readonly code?: ErrorCode;
  /** Whether a next request on the same connection is answered. */
  readonly isKept: boolean;
  /** That nothing says which path was meant, so `PORT` answers in its own form. */
  readonly hasNoPath?: boolean;
  /** That TLS cuts it into records, of which only the last one is known when it is refused. */
  readonly isLong?: boolean;
}

const HOST = 'Host: kms.example\r\n';
const get = (target: string, headers = HOST): string => `GET ${target} HTTP/1.1\r\n${headers}\r\n`;
const post = (target: string, headers: string, body = ''): string =>
  `POST ${target} HTTP/1.1\r\n${HOST}${headers}\r\n${body}`;

/** A route that ZVault has as well as ZAuth, with a token and a body. */
const REVOKE = `/revoke/${'a'.repeat(64)}`;

const malformed = (name: string, bytes: OddRequest['bytes'], hasNoPath = false): OddRequest => ({
  name,
  bytes,
  status: 400,
  code: 'REQUEST.REFUSED',
  isKept: false,
  hasNoPath,
});

const refused = (name: string, bytes: OddRequest['bytes'], status: number, code: ErrorCode): OddRequest => ({
  name,
  bytes,
  status,
  code,
  isKept: false,
});

export const ODD_REQUESTS: readonly OddRequest[] = [
  malformed('no request line', () => 'NONSENSE\r\n\r\n', true),
  malformed('a method that is none', (prefix) => `FOO ${prefix}/wallets HTTP/1.1\r\n${HOST}\r\n`),
  malformed('another version of HTTP', (prefix) => `GET ${prefix}/wallets HTTP/9.9\r\n${HOST}\r\n`),
  malformed('the preface of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', true),
  malformed('a header without a colon', (prefix) => get(`${prefix}/wallets`, `${HOST}nonsense\r\n`)),
  malformed('a Content-Length that is no number', (prefix) => post(`${prefix}${REVOKE}`, 'Content-Length: x\r\n')),
  malformed('two lengths', (prefix) =>
    post(`${prefix}${REVOKE}`, 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '{}'),
  ),
  malformed('a chunk without a size', (prefix) =>
    post(`${prefix}${REVOKE}`, 'Transfer-Encoding: chunked\r\n', 'zz\r\n'),
  ),
  malformed('no Host', (prefix) => get(`${prefix}/wallets`, '')),
  { ...malformed('a path that does not decode', (prefix) => get(`${prefix}/keys/%zz`)), isKept: true },
  {
    ...refused(
      'headers beyond 16 KiB',
      (prefix) => get(`${prefix}/wallets`, `${HOST}X: ${'x'.repeat(20_000)}\r\n`),
      431,
      'REQUEST.HEADERS_TOO_LARGE',
    ),
    isLong: true,
  },
  refused(
    'a path beyond 8192 characters',
    (prefix) => get(`${prefix}/${'x'.repeat(8192)}`),
    414,
    'REQUEST.URI_TOO_LONG',
  ),
  refused(
    'a query beyond 8192 characters',
    (prefix) => get(`${prefix}/wallets?${'x'.repeat(8192)}`),
    414,
    'REQUEST.URI_TOO_LONG',
  ),
  {
    ...refused(
      'a part of the path beyond 1024',
      (prefix) => post(`${prefix}/revoke/${'x'.repeat(1025)}`, ''),
      414,
      'REQUEST.URI_TOO_LONG',
    ),
    isKept: true,
  },
  refused(
    'an unknown expectation',
    (prefix) => post(`${prefix}${REVOKE}`, 'Expect: x\r\n'),
    417,
    'REQUEST.EXPECTATION_FAILED',
  ),
  refused(
    'a body beyond 64 KiB',
    (prefix) => post(`${prefix}${REVOKE}`, 'Content-Length: 65537\r\n'),
    413,
    'REQUEST.BODY_TOO_LARGE',
  ),
  refused(
    'a chunk with endless extensions',
    (prefix) => post(`${prefix}${REVOKE}`, 'Transfer-Encoding: chunked\r\n', `1;${'x'.repeat(20_000)}\r\n`),
    413,
    'REQUEST.BODY_TOO_LARGE',
  ),
  ...['gzip', 'br', 'deflate, gzip', 'x'].map((encoding) => ({
    ...refused(
      `a body in ${encoding}`,
      (prefix: string) => post(`${prefix}${REVOKE}`, `Content-Encoding: ${encoding}\r\nContent-Length: 2\r\n`, '{}'),
      415,
      'REQUEST.UNSUPPORTED_ENCODING',
    ),
    isKept: true,
  })),
  {
    ...refused('a tunnel', () => `CONNECT other:443 HTTP/1.1\r\n${HOST}\r\n`, 404, 'REQUEST.ROUTE_UNKNOWN'),
    hasNoPath: true,
  },
  ...(['DELETE', 'PATCH', 'TRACE', 'PURGE'] as const).map((method) => ({
    ...refused(
      `${method} of a known path`,
      (prefix: string) => `${method} ${prefix}${REVOKE} HTTP/1.1\r\n${HOST}\r\n`,
      404,
      'REQUEST.ROUTE_UNKNOWN',
    ),
    isKept: true,
  })),
  { ...refused('an asterisk', () => get('*'), 404, 'REQUEST.ROUTE_UNKNOWN'), isKept: true, hasNoPath: true },
  {
    ...refused('a target of another scheme', () => get('ftp://other/wallets'), 404, 'REQUEST.ROUTE_UNKNOWN'),
    isKept: true,
    hasNoPath: true,
  },
  {
    ...refused('a whole address', (prefix) => post(`http://other:1${prefix}${REVOKE}`, ''), 401, 'TOKEN.MISSING'),
    isKept: true,
  },
  {
    ...refused(
      'a whole address in capitals',
      (prefix) => post(`HTTPS://OTHER${prefix}${REVOKE}?a=b`, ''),
      401,
      'TOKEN.MISSING',
    ),
    isKept: true,
  },
  { ...refused('a fragment', (prefix) => post(`${prefix}${REVOKE}#x`, ''), 401, 'TOKEN.MISSING'), isKept: true },
  {
    ...refused(
      'an encoding that changes nothing',
      (prefix) => post(`${prefix}${REVOKE}`, 'Content-Encoding: identity\r\nContent-Length: 2\r\n', '{}'),
      401,
      'TOKEN.MISSING',
    ),
    isKept: true,
  },
  { ...refused('HTTP/1.0', (prefix) => `GET ${prefix}/keys HTTP/1.0\r\n\r\n`, 404, 'REQUEST.ROUTE_UNKNOWN') },
  { name: 'the address of health', bytes: () => get('http://other/health/live'), status: 200, isKept: true },
  {
    name: 'an address without a path',
    bytes: () => get('http://other?x'),
    status: 404,
    code: 'REQUEST.ROUTE_UNKNOWN',
    isKept: true,
    hasNoPath: true,
  },
  {
    name: 'an upgrade',
    bytes: () => get('/health/live', `${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n`),
    status: 200,
    isKept: true,
  },
  { name: 'OPTIONS of an asterisk', bytes: () => `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, status: 204, isKept: true },
];
