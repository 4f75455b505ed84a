import type { DataSource } from 'typeorm';
import { StartError } from '../errors/start-error.js';
import { SealingKeyRow } from './sealing-key.entity.js';

/** The database's secrets are sealed with another key than the one that was configured. */
export class WrongSealingKeyError extends StartError {
  override readonly name = 'WrongSealingKeyError';

  constructor(domain: string) {
    super(`the database was sealed with another sealing key (${domain}): configure the key it was made with`);
  }
}

/**
 * Remembers, on the first start, which key each half seals with, and on later starts refuses another one at once:
 * otherwise it would show as failing signatures one by one.
 *
 * @param keyIds the fingerprint of each domain's key
 */
export async function checkSealingKeys(
  dataSource: DataSource,
  keyIds: Readonly<Record<string, string>>,
): Promise<void> {
  const known = await dataSource.manager.find(SealingKeyRow);
  for (const [domain, keyId] of Object.entries(keyIds)) {
    const entry = known.find((row) => row.domain === domain);
    if (entry === undefined) await dataSource.manager.insert(SealingKeyRow, { domain, keyId });
    else if (entry.keyId !== keyId) throw new WrongSealingKeyError(domain);
  }
}
