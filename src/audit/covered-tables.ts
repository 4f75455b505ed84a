import type { CoveredTable } from '../database/rows/covered-table.js';

/** What is in it has an entry and is counted already: whoever could write into it could have signatures go uncounted. */
export const COVERED_DECISIONS: CoveredTable = {
  table: 'signing_decisions',
  key: ['digest'],
  covered: ['entry_id'],
  leftOut: {},
  isWrittenOnce: true,
};

/** Whose rows decide, of the record. */
export const RECORD_COVERED_TABLES = [COVERED_DECISIONS] as const;
