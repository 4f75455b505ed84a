const DAY_MS = 86_400_000;

/** Long enough for somebody to notice and act; certificates that are renewed by machines are renewed at 30 days. */
const WARNED_DAYS = 30;

/** What an operator should know about a certificate that ends soon, or has. */
export function expiryWarning(notAfterMs: number, nowMs: number): string | undefined {
  const days = Math.floor((notAfterMs - nowMs) / DAY_MS);
  if (days >= WARNED_DAYS) return undefined;
  const renew = 'put new files in the place of TLS_CERT_FILE and TLS_KEY_FILE and send SIGHUP';
  const when = new Date(notAfterMs).toISOString();
  return days < 0
    ? `the TLS certificate has expired (${when}), so clients refuse it; ${renew}`
    : `the TLS certificate expires in ${days} days (${when}); ${renew}`;
}
