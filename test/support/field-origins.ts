import { fieldCases } from './field-cases.js';

/** A list of origins as providers have it, and which pages it lets in; lists that can never match anything. */
export const FIELD_ORIGINS = fieldCases<{
  readonly setting: string;
  readonly allowed: readonly string[];
  readonly not_allowed: readonly string[];
  readonly settings_refused: readonly string[];
}>('origins');
