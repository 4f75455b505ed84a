import { isSameKey } from '../database/known-key.js';
import type { Statements } from '../database/statements.js';
import { StartError } from '../errors/start-error.js';
import type { KeyEncryptionKey } from '../key-encryption/key-encryption-key.js';
import type { KnownPassphrase } from './passphrase-rows.js';
import { closeCustody, kekFor } from './custody.js';
import type { Custody } from './custody.js';
import { dataKeysIn, keksIn } from './kek-rows.js';

/** A key that an operator described, open. */
export interface DescribedKek {
  readonly kek: KeyEncryptionKey;
  /** Whether it is for ZAuth's data keys alone. */
  readonly isZAuths: boolean;
}

/** The changes of keys that the record tells of. */
export type KekAction = 'add-kek' | 'rotate-kek' | 'reseal' | 'retire-kek';

/** What the orders about key-encryption keys are carried out with. */
export interface KekWork {
  /** Opens what an operator described. Rejects with `StartError`. */
  readonly openDescribed: (text: string, known: readonly KnownPassphrase[]) => Promise<DescribedKek>;
  /** Opens what the process was started with, anew. Rejects with `StartError`. */
  readonly openConfigured: () => Promise<Custody>;
  /** Whether ZAuth has a key of its own. */
  readonly hasAuthKek: boolean;
  /** In a unit of work, with an entry in the record that names the key; without one where `work` gives none. */
  readonly change: (action: KekAction, work: (statements: Statements) => string | undefined) => Promise<void>;
  /** In a unit of work, without an entry. */
  readonly write: <T>(work: (statements: Statements) => T) => Promise<T>;
  /** Sees committed rows only. */
  readonly read: <T>(work: (statements: Statements) => T) => Promise<T>;
  readonly nowMilliseconds: () => number;
}

/** Runs `use` with what is configured open. */
export async function withConfigured<T>(work: KekWork, use: (custody: Custody) => Promise<T>): Promise<T> {
  const custody = await work.openConfigured();
  try {
    return await use(custody);
  } finally {
    await closeCustody(custody);
  }
}

/** The ids of the current key-encryption keys. Throws `StartError` unless they are what the process was started with. */
export function requireConfiguredIsCurrent(statements: Statements, custody: Custody): readonly string[] {
  const keks = new Map(keksIn(statements).map((row) => [row.id, row]));
  const ids = new Set<string>();
  for (const { domain, kekId } of dataKeysIn(statements)) {
    const current = keks.get(kekId);
    if (current === undefined || !isSameKey(current, kekFor(custody, domain))) {
      throw new StartError(
        'the service runs with the settings of another key than the current one: put the new settings into its ' +
          'environment and restart it first',
      );
    }
    ids.add(kekId);
  }
  return [...ids];
}
