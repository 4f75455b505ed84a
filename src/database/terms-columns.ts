import type { ColumnOptions } from 'typeorm';
import { TERMS_IN_COLUMNS } from './migrations/1764720000000-split-key-terms.js';

/** How an entity declares a column that the database computes from `terms`. Nobody writes it. */
export function generatedFrom(column: keyof typeof TERMS_IN_COLUMNS): ColumnOptions {
  return {
    generatedType: 'VIRTUAL',
    asExpression: TERMS_IN_COLUMNS[column],
    insert: false,
    update: false,
  };
}

/** The terms of a split key that is revoked now, whatever they were: in SQL, so that a damaged text hinders nobody. */
export const REVOKED_TERMS = `
  CASE WHEN json_valid(terms) THEN json_set(terms, '$.revoked', json('true')) ELSE '{"revoked":true}' END`;
