import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/**
 * What a key is for: to seal one half's secrets, the keys of the record's log, or cursors, which are many and must not wear
 * out the secrets' keys; or to hash requests. No key opens what another sealed.
 */
export type SealingDomain = 'vault' | 'auth' | 'audit' | 'cursors' | 'requests';

/** Data keys that seal nothing: `rows` authenticates rows of the database. No earlier release had it. */
export type KeyDomain = SealingDomain | 'rows';

export const SEALING_DOMAINS = ['vault', 'auth', 'audit', 'cursors', 'requests'] as const satisfies SealingDomain[];

/** Those whose values are secrets that are kept here, so that all of them can be sealed again: the others' are with clients. */
export const SECRET_DOMAINS = ['vault', 'auth', 'audit'] as const satisfies SealingDomain[];

/** Something for each domain. */
export function ofEachDomain<T>(make: (domain: SealingDomain) => T): Readonly<Record<SealingDomain, T>> {
  return {
    vault: make('vault'),
    auth: make('auth'),
    audit: make('audit'),
    cursors: make('cursors'),
    requests: make('requests'),
  };
}

export const DATA_KEY_BYTES = 32;

/** A data key (*data-encryption key*): of one domain, random, kept wrapped, and in the clear in this process's memory alone. */
export interface DataKey {
  /** 32 bytes. A KeyObject keeps them outside the JavaScript heap and shows them to no one who inspects it. */
  readonly key: KeyObject;
  /** 8 bytes, which stand in every envelope. Public: they say which key, nothing of what it is. */
  readonly id: Uint8Array;
  /** 0 was derived from the sealing key of an earlier release; each rotation makes the next one. */
  readonly epoch: number;
}

/** The data keys of one domain. What crosses to a worker. */
export interface KeyRing {
  /** Seals. */
  readonly current: DataKey;
  /** Open what was sealed before. */
  readonly earlier: readonly DataKey[];
}

/** The ring of each domain. */
export type KeyRings = Readonly<Record<SealingDomain, KeyRing>> & {
  /** Absent in a database of an earlier release, before its first start with this one. */
  readonly rows: KeyRing | undefined;
};

/** How a data key is named to people, and in tables: 16 lower-case hexadecimal characters. */
export function idOf({ id }: Pick<DataKey, 'id'>): string {
  return Buffer.from(id).toString('hex');
}

/**
 * The key that seals what belongs to one wallet: HKDF-Expand with SHA-256 (RFC 5869, section 2.3) for one block, which
 * is one HMAC; the data key is random, so it is the pseudorandom key (section 3.3). No wallet's key opens another's.
 *
 * @param wallet what names the wallet for good, in the domain: see `SealedPlace`
 */
export function walletKey({ key }: DataKey, wallet: string): KeyObject {
  const bytes = createHmac('sha256', key)
    .update(`split-key-kms/sealing/2/wallet/${wallet}`)
    .update(Uint8Array.of(1))
    .digest();
  try {
    return createSecretKey(bytes);
  } finally {
    bytes.fill(0);
  }
}
