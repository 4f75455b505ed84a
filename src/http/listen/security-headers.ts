import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** What every answer of the service says. No cache may keep answers: they hold user shares and mnemonics. */
export function headersOfEveryAnswer(isTls: boolean): Readonly<Record<string, string>> {
  return { ...securityHeaders(isTls), 'cache-control': 'no-store' };
}

/**
 * Helmet's headers, which are the same for every answer: asked for once and not with every request.
 *
 * @param isTls whether clients speak TLS to us; over plain HTTP nothing is to be upgraded
 */
function securityHeaders(isTls: boolean): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  const setAll = helmet({
    // Swagger UI's own needs: inline styles and images from data URLs.
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        upgradeInsecureRequests: isTls ? [] : null,
      },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    strictTransportSecurity: isTls,
  });
  // It sets headers and calls back at once; nothing of ours depends on the request.
  setAll({} as IncomingMessage, answer as unknown as ServerResponse, () => undefined);
  return headers;
}
