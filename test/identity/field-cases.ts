import { readFileSync } from 'node:fs';
import { parse } from 'lossless-json';

interface TokenCases {
  readonly typ_accepted: readonly string[];
  readonly typ_refused: readonly string[];
  /** `claim` is a number of the file, with the digits as they stand there. */
  readonly user_id: readonly { readonly claim: string; readonly user: string | null }[];
  readonly headers: readonly { readonly [header: string]: string; readonly answer: string }[];
}

const file = new URL('../vectors/field-cases.json', import.meta.url);

/** What identity providers and proxies were seen to send, and what is right to answer. Numbers are texts here. */
export const CASES = (parse(readFileSync(file, 'utf8'), null, String) as { tokens: TokenCases }).tokens;
