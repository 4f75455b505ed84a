import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { ExpectedOrigin } from './token-check.js';
import type { UserId } from './user-id.js';

/** From when to when a token holds, in Unix seconds. */
export interface TokenLifetime {
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
}

/** A compact HS256 token for local use, with the issuer and audience that the service expects, if any. */
export function mintToken(
  user: UserId,
  secret: SecretBytes,
  lifetime: TokenLifetime,
  { issuer, audience }: ExpectedOrigin,
): Promise<string> {
  const claims = {
    user_id: user,
    iat: lifetime.issuedAtSeconds,
    exp: lifetime.expiresAtSeconds,
    ...(issuer === undefined ? {} : { iss: issuer }),
    ...(audience === undefined ? {} : { aud: audience }),
  };
  const header = { alg: 'HS256', typ: 'JWT' };
  return new SignJWT(claims).setProtectedHeader(header).sign(createSecretKey(secret.expose()));
}
