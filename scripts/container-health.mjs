// The container's HEALTHCHECK: asks the server of this container whether it lives, on the address and with the protocol
// that it was configured with. Not whether it is ready: platforms restart what is unhealthy, and that mends neither a
// full disk nor a lock of another program, and cuts off what can still be answered.
const { HOST = '0.0.0.0', PORT = '3000', TLS_CERT_FILE = '' } = process.env;

const everyAddress = ['0.0.0.0', '::', ''].includes(HOST);
const host = everyAddress ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST;
const scheme = TLS_CERT_FILE === '' ? 'http' : 'https';

// The certificate names the host that clients use, not this address; nothing secret is sent or believed here.
if (scheme === 'https') process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

try {
  const answer = await fetch(`${scheme}://${host}:${PORT}/health/live`);
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
