import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Node cannot make certificates, so one for `localhost` is kept here, with a key that serves no other purpose.
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfjCCASWgAwIBAgIUNPlKCECiy5bbiKVkYmctrhkIGf0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE5Mjg0MloYDzIxMjYxMDMw
MTkyODQyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQFuRMpHKDcuBXVnEB0gBptxCqRKlfjEFzGkCv1tvM1LHaM5IYFpAXI
nlcAaGLUC1kEUyKfiF3xEncAdt6Xqgw7o1MwUTAdBgNVHQ4EFgQU0Q2Y+CBOlamn
SwspM6pFoo5YKsQwHwYDVR0jBBgwFoAU0Q2Y+CBOlamnSwspM6pFoo5YKsQwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBOsAVDPG17q5zbixoIsrEI
CDAoFm86LeoLJSR4SBNTAgIgFdJb5RJ/g5OfWrjqzBPwg27pHEa99ezxy8cRJpkj
VD4=
-----END CERTIFICATE-----
`;

export const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgu6TWr9l6XNhGRkqN
fn3cqxwe4C9GiXyLqHIR+vSPImihRANCAAQFuRMpHKDcuBXVnEB0gBptxCqRKlfj
EFzGkCv1tvM1LHaM5IYFpAXInlcAaGLUC1kEUyKfiF3xEncAdt6Xqgw7
-----END PRIVATE KEY-----
`;

/** Another pair for the same name. */
export const OTHER_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfjCCASWgAwIBAgIURKer9Ap6gIlTYG00t2AZ6arODvUwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTE0MzQ1MloYDzIxMjYxMTAx
MTQzNDUyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQwWwopemuJkQLDDAHELDcRntbRJY2GEXZQJAshM3UANiaoZaJdR5VY
XWXL2lrYG5jOOIFxn7+1zDYhapHBXz97o1MwUTAdBgNVHQ4EFgQUNxi1pXclcmVH
BJVEZ/M5MXQQwcQwHwYDVR0jBBgwFoAUNxi1pXclcmVHBJVEZ/M5MXQQwcQwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB8csOP2RMGYx2Yex8PE85z
GvzNUMHR9ef/H/3pAZEgtAIgLngZSDCD6L8aIZXUMOmxtos4PbOVUDnI2B90Yf3q
xvE=
-----END CERTIFICATE-----
`;

export const OTHER_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQguKKq4LNMcoVSTQSO
bzLIiWDI8oblZ33sfb2bT03X4n+hRANCAAQwWwopemuJkQLDDAHELDcRntbRJY2G
EXZQJAshM3UANiaoZaJdR5VYXWXL2lrYG5jOOIFxn7+1zDYhapHBXz97
-----END PRIVATE KEY-----
`;

/** Writes the pair into a directory and returns the paths. */
export function writeTlsFiles(directory: string): { certificate: string; key: string } {
  const paths = { certificate: join(directory, 'tls.crt'), key: join(directory, 'tls.key') };
  writeFileSync(paths.certificate, CERTIFICATE);
  writeFileSync(paths.key, KEY, { mode: 0o600 });
  return paths;
}
