import type { Clock } from '../clock/clock.js';
import type { TokenConfiguration } from '../config/configuration.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import { RemoteKeySet } from './remote-key-set.js';
import { TokenKey } from './token-key.js';
import { ConfiguredKey, type TokenKeySource } from './token-key-source.js';

/**
 * Every source of keys that is configured: the shared secret, the public key, the published key set. The key set
 * is asked last, so that what the configuration settles costs no request.
 *
 * @param secret the configured or generated shared secret, if there is one
 */
export async function tokenKeySources(
  tokens: TokenConfiguration,
  secret: SecretBytes | undefined,
  clock: Clock,
): Promise<readonly TokenKeySource[]> {
  const { publicKey, jwksUrl } = tokens;
  return [
    ...(secret === undefined ? [] : [new ConfiguredKey(TokenKey.ofSecret(secret, tokens))]),
    ...(publicKey === undefined ? [] : [new ConfiguredKey(TokenKey.ofPublicKey(publicKey, tokens))]),
    ...(jwksUrl === undefined ? [] : [await RemoteKeySet.at(jwksUrl, tokens, clock)]),
  ];
}
