import type { Clock } from '../../src/clock/clock.js';
import type { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { compact, hmac } from '../identity/token-maker.js';

/** A token as an issuer who shares the secret makes it, good for `seconds` from the clock's now. */
export function mintTestToken(secret: SecretBytes | undefined, user: string, clock: Clock, seconds = 3600): string {
  if (secret === undefined) throw new Error('no token can be minted for this test');
  const iat = clock.nowSeconds();
  return compact({ alg: 'HS256', typ: 'JWT' }, { user_id: user, iat, exp: iat + seconds }, hmac(256, secret.expose()));
}
