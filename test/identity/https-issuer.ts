import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

// Node cannot make certificates, so one for `issuer.test`, a name that exists nowhere, is kept here, with a key that
// serves no other purpose.
export const ISSUER_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUWdRjsKsul1vP3OsIVZF3WW3PTxcwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLaXNzdWVyLnRlc3QwIBcNMjYxMTI1MTQwNzU1WhgPMjEyNjEx
MDExNDA3NTVaMBYxFDASBgNVBAMMC2lzc3Vlci50ZXN0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEP3vOYoiv0u9IzrUe70f2ycQNscB077rS4W7FJSHzrt9BBd/S
7xI4K5Pd8kp7E8LTN6nzZe/kPXY/ZAgeBKazUqNrMGkwHQYDVR0OBBYEFLu8uyv/
dA1GT76fP23d8jjF5fkkMB8GA1UdIwQYMBaAFLu8uyv/dA1GT76fP23d8jjF5fkk
MA8GA1UdEwEB/wQFMAMBAf8wFgYDVR0RBA8wDYILaXNzdWVyLnRlc3QwCgYIKoZI
zj0EAwIDSAAwRQIgV/7IiLGybriW5aPE1n6DmlB/CLoG/BiHf/Sr5uXK3n8CIQCC
mBuP0QelLdZnpRH9CKiYgTZV0qvplzNRkmKWJ9HL9A==
-----END CERTIFICATE-----
`;

const ISSUER_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQge+lPw3UHzhz45TN6
ndnXZ27XfVrASJnHu2c6jkb66WWhRANCAAQ/e85iiK/S70jOtR7vR/bJxA2xwHTv
utLhbsUlIfOu30EF39LvEjgrk93ySnsTwtM3qfNl7+Q9dj9kCB4EprNS
-----END PRIVATE KEY-----
`;

/** An issuer that calls itself `issuer.test` and can be reached by its port only. */
export interface HttpsIssuer {
  readonly port: number;
  requests(): number;
  close(): Promise<void>;
}

export async function startHttpsIssuer(keySet: { keys: unknown[] }): Promise<HttpsIssuer> {
  let count = 0;
  const server = createServer({ cert: ISSUER_CERTIFICATE, key: ISSUER_KEY }, (_, response) => {
    count += 1;
    response.end(JSON.stringify(keySet));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, requests: () => count, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
