/**
 * Variables that platforms put into every process, and that begin or look like ours by chance: Kubernetes and Docker
 * name them after *other* services, so that a Service called `zauth` makes `ZAUTH_SERVICE_HOST`. Nobody who set up this
 * service wrote them.
 */
const INJECTED_NAMES = [
  /_SERVICE_HOST$/,
  /_SERVICE_PORT(_[A-Z0-9_]+)?$/,
  /_PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/,
  // Docker's links of old: ZAUTH_ENV_PATH, ZAUTH_NAME.
  /_ENV_[A-Za-z0-9_]+$/,
  /^(ZAUTH|ZVAULT)_NAME$/,
  // What every HTTP client reads, in either case; we read some of them.
  /^(https?|ftp|all|no)_proxy$/i,
  // What OpenSSL reads.
  /^SSL_CERT_(FILE|DIR)$/,
  // Of shells, Node.js, hosting platforms and the downward API.
  /^(HOSTNAME|HOSTTYPE|HOST_IP|LOGNAME|DATABASE_URL|NODE_(NAME|IP|VERSION|PATH|OPTIONS|HOME|PORT))$/,
];

/** Whether a platform puts a variable of this name into processes that have nothing to do with it. */
export function isInjectedName(name: string): boolean {
  return INJECTED_NAMES.some((pattern) => pattern.test(name));
}

/** Whether this is what Kubernetes and Docker put into `<SERVICE>_PORT`: `tcp://10.43.12.7:8082`. */
export function isInjectedAddress(value: string | undefined): boolean {
  return value !== undefined && /^(tcp|udp|sctp):\/\/[^/]+:[0-9]+$/.test(value);
}
