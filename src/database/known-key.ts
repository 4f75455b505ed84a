/** By what a key-encryption key is known. */
export interface KnownKey {
  readonly provider: string;
  readonly fingerprint: string;
}

/** Whose fingerprints are made alike: the same bytes in a file or in the environment are the same key. */
const OURS: readonly string[] = ['file', 'env'];

export function isSameKey(one: KnownKey, other: KnownKey): boolean {
  if (one.fingerprint !== other.fingerprint) return false;
  return one.provider === other.provider || (OURS.includes(one.provider) && OURS.includes(other.provider));
}

/** As `file 0123456789abcdef`. */
export function shownKey({ provider, fingerprint }: KnownKey): string {
  return `${provider} ${fingerprint}`;
}
