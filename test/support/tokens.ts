import type { Clock } from '../../src/clock/clock.js';
import type { LocalSecrets } from '../../src/config/local-secrets.js';
import { mintToken } from '../../src/identity/mint-token.js';
import { parseUserId } from '../../src/identity/user-id.js';

/** A token as `npm run token` makes it, good for `seconds` from the clock's now. */
export function mintTestToken(secrets: LocalSecrets, user: string, clock: Clock, seconds = 3600): string {
  const userId = parseUserId(user);
  if (secrets.jwtSecret === undefined || userId === undefined) throw new Error('no token can be minted for this test');
  const issuedAtSeconds = clock.nowSeconds();
  const times = { issuedAtSeconds, expiresAtSeconds: issuedAtSeconds + seconds };
  return mintToken(userId, secrets.jwtSecret, times, { issuer: undefined, audience: undefined });
}
