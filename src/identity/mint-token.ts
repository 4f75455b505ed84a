import { createSecretKey } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { ExpectedOrigin } from './token-key.js';
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
): string {
  const claims = {
    user_id: user,
    iat: lifetime.issuedAtSeconds,
    exp: lifetime.expiresAtSeconds,
    ...(issuer === undefined ? {} : { iss: issuer }),
    ...(audience === undefined ? {} : { aud: audience }),
  };
  return new JwtService({ secret: createSecretKey(secret.expose()) }).sign(claims, { algorithm: 'HS256' });
}
