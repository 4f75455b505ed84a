import type { TokenHeader } from './token-header.js';
import type { TokenKey } from './token-key.js';

/** Where keys that check tokens come from. */
export interface TokenKeySource {
  /**
   * The keys that may check a token with this header; none if there are none. Rejects with
   * `TOKEN.KEYS_UNAVAILABLE` when that cannot be known now.
   */
  keysFor(header: TokenHeader): Promise<readonly TokenKey[]>;
}

/** A key from the configuration. The key id is the issuer's own affair: it chooses nothing here. */
export class ConfiguredKey implements TokenKeySource {
  constructor(private readonly key: TokenKey) {}

  keysFor({ algorithm }: TokenHeader): Promise<readonly TokenKey[]> {
    return Promise.resolve(this.key.algorithms.includes(algorithm) ? [this.key] : []);
  }
}
