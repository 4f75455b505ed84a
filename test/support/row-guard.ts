import { createSecretKey } from 'node:crypto';
import { WalletQuestions } from '../../src/events/wallet-questions.js';
import { Freezes } from '../../src/auth/persistence/freezes.js';
import { ServerShareRepository } from '../../src/auth/persistence/server-share.repository.js';
import { RowGuard } from '../../src/database/rows/row-guard.js';
import { sealerOf } from '../crypto/sealing/sealing-fixtures.js';

/** A guard of rows under a key of its own. */
export function rowGuard(first = 1): RowGuard {
  const key = createSecretKey(Uint8Array.from({ length: 32 }, (_, index) => first + index));
  return new RowGuard({ current: { key, id: Buffer.alloc(8, first), epoch: 1 }, earlier: [] });
}

/** Server shares as tests of persistence need them. */
export function serverShares(guard = rowGuard()): ServerShareRepository {
  return new ServerShareRepository(sealerOf('auth'), 0, guard, new Freezes(new WalletQuestions(), guard));
}
