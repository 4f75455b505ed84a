import { columnsOf } from '../../database/rows/covered-table.js';
import type { CoveredRow } from '../../database/rows/covered-table.js';
import type { RowGuard } from '../../database/rows/row-guard.js';
import type { Statements } from '../../database/statements.js';
import { termsFromColumn } from '../../restrictions/terms/terms-column.js';
import type { Standing } from '../domain/server-share.js';
import { COVERED_FREEZES, COVERED_SHARES } from './covered-tables.js';
import { isFrozen } from './freeze-standing.js';

/** SQL: what must be selected of a server share to tell how it stands. */
export const STANDING = columnsOf(COVERED_SHARES);

export type StandingRow = CoveredRow & {
  readonly id: string;
  readonly owner_id: string;
  readonly client_id: string;
  readonly client_key: string;
  readonly user_public_key: string;
  readonly terms: string;
  readonly revision: number;
};

/** How a split key stands by its own row and by the freeze, which is there for each; and whether either was altered. */
export function standingIn(
  row: StandingRow,
  { statements, rows }: { readonly statements: Statements; readonly rows: RowGuard },
): Standing {
  const ofFreeze = [row.owner_id, row.client_id];
  const freeze = rows.find(COVERED_FREEZES, ofFreeze, statements);
  const isAltered = !rows.isIntact(COVERED_SHARES, [row.id], row) || !rows.isIntact(COVERED_FREEZES, ofFreeze, freeze);
  const { policy, isRevoked } = termsFromColumn(row.terms);
  return { policy, isRevoked, revision: row.revision, isFrozen: isFrozen(freeze?.['standing']), isAltered };
}
