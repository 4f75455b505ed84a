import type { KmsConfiguration } from '../config/configuration.js';
import { isMachineName } from '../config/machine-name.js';

const SET_AN_ADDRESS = 'set HOST to an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them';

/** An error of the operating system while a listener began to listen, as Node tells it. */
interface ListenError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  /** Of `listen`. */
  readonly port?: unknown;
  /** Of `getaddrinfo`. */
  readonly hostname?: unknown;
}

/** What to do about `HOST` or a port when a listener cannot listen; `undefined` for any other error. */
export function listenFailure(error: ListenError, configuration?: KmsConfiguration): string | undefined {
  const { code, syscall, port, hostname: name } = error;
  if (syscall === 'getaddrinfo' && (code === 'ENOTFOUND' || code === 'EAI_AGAIN')) return unresolved(name, code);
  if (syscall !== 'listen') return undefined;
  const setting = settingOf(port, configuration);
  switch (code) {
    case 'EADDRINUSE':
      return `the port of ${setting} is in use: set ${setting} to a free one`;
    case 'EACCES':
      return `the port of ${setting} may not be opened by this user: set ${setting} to one above 1023`;
    case 'EADDRNOTAVAIL':
      return `HOST is an address that this machine does not have (${code} for ${setting}): ${SET_AN_ADDRESS}`;
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return `HOST is of a kind that nothing can listen on here (${code} for ${setting}): ${SET_AN_ADDRESS}`;
    default:
      return undefined;
  }
}

/** The setting that names a port. The error names no port when any would do, which only the first listener meets. */
function settingOf(port: unknown, configuration?: KmsConfiguration): string {
  if (configuration === undefined) return 'PORT, ZVAULT_PORT, ZAUTH_PORT or OPERATIONS_PORT';
  if (typeof port !== 'number') return 'PORT';
  if (port === configuration.zvaultPort) return 'ZVAULT_PORT';
  if (port === configuration.operationsPort) return 'OPERATIONS_PORT';
  return port === configuration.zauthPort ? 'ZAUTH_PORT' : 'PORT';
}

/** A mistyped name, or one that nobody meant for us. */
function unresolved(name: unknown, code: string): string {
  return typeof name === 'string' && isMachineName(name)
    ? `HOST holds the name of this machine, as some shells set it by themselves, and it does not resolve (${code}): ` +
        `unset HOST, or ${SET_AN_ADDRESS}`
    : `HOST is a name that does not resolve to an address (${code}): correct it, or ${SET_AN_ADDRESS}`;
}
