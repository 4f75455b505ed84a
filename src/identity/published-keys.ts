import { createPublicKey } from 'node:crypto';
import { createLocalJWKSet, errors, type JWK, type LocalJWKSet } from 'jose';
import { algorithmsOf } from '../config/signature-algorithms.js';
import type { VerificationKey } from './token-check.js';
import type { TokenHeader } from './token-header.js';

/** The keys of one published set (RFC 7517) that could check a token. The library chooses among them. */
export class PublishedKeys {
  readonly #set: LocalJWKSet;
  /** How many there are. */
  readonly size: number;

  /** @param members of a set's `keys`, of any origin; what is weak, private, secret or no key at all is left out */
  constructor(members: readonly unknown[]) {
    const keys = members.filter(isPublicKey).map(forVerifying);
    this.#set = createLocalJWKSet({ keys });
    this.size = keys.length;
  }

  /**
   * The keys that the header's key id names and that fit its algorithm. A header without a key id can only mean the
   * one key that fits; where several do, none is meant.
   */
  async matching({ algorithm, keyId }: TokenHeader): Promise<readonly VerificationKey[]> {
    try {
      return [await this.#set({ alg: algorithm, ...(keyId === undefined ? {} : { kid: keyId }) })];
    } catch (error) {
      // Also a key that cannot be imported is none: what an issuer publishes must not become an error of ours.
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) return [];
      const several: VerificationKey[] = [];
      if (keyId !== undefined) for await (const key of error) several.push(key);
      return several;
    }
  }
}

/** WebCrypto refuses a public key that is also published for `encrypt` or `sign`; we want it for one thing only. */
function forVerifying(key: JWK): JWK {
  return Array.isArray(key.key_ops) && key.key_ops.includes('verify') ? { ...key, key_ops: ['verify'] } : key;
}

/** Whether it is a public key of a kind and strength that tokens may be checked with. */
function isPublicKey(member: unknown): member is JWK {
  // A private key has given itself away; Node would read its public half.
  if (typeof member !== 'object' || member === null || 'd' in member) return false;
  try {
    return algorithmsOf(createPublicKey({ key: member as JWK, format: 'jwk' })).length > 0;
  } catch {
    return false;
  }
}
