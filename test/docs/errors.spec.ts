import { beforeAll, describe, expect, it } from '@jest/globals';
import { ERROR_CATALOGUE } from '../../src/errors/error-catalogue.js';
import type { ErrorCode } from '../../src/errors/error-catalogue.js';
import { statusOf } from '../../src/http/errors/error-statuses.js';
import { declaredCalls } from './declared-calls.js';
import type { DeclaredCall } from './declared-calls.js';
import { headingsOf, readDocument } from './documents.js';

const document = readDocument('docs/errors.md');
const codes = Object.keys(ERROR_CATALOGUE) as ErrorCode[];

/** What the table under a code's heading says. */
interface Entry {
  readonly documented: string;
  readonly sdk: string;
  readonly outcome: string;
  readonly calls: string;
}

function entryOf(code: string): Entry {
  const [, section = ''] = document.split(`\n## ${code}\n`);
  const [, , row = ''] = section.split('\n').filter((line) => line.startsWith('|'));
  const [, documented = '', sdk = '', outcome = '', calls = ''] = row.split('|').map((cell) => cell.trim());
  return { documented, sdk, outcome, calls };
}

/** The status in the SDK dialect, and those of the calls where it is another. */
function sdkStatuses(code: ErrorCode): string {
  const usual = statusOf(code, 'sdk', 'POST', '/zvault/share');
  const signing = statusOf(code, 'sdk', 'POST', '/zauth/sign/msg');
  const reading = statusOf(code, 'sdk', 'GET', '/zauth/key/:client_id');
  return [
    String(usual),
    ...(signing === usual ? [] : [`${signing} on POST \`/zauth/sign/*\``]),
    ...(reading === usual ? [] : [`${reading} on GET \`/zauth/key/:client_id\``]),
  ].join('; ');
}

describe('docs/errors.md', () => {
  let declared: readonly DeclaredCall[];
  beforeAll(async () => {
    declared = await declaredCalls();
  });
  const answering = (code: ErrorCode): string[] =>
    declared.filter(({ codes: answered }) => answered.includes(code)).map(({ name }) => name);

  it('explains every code and no other, in the order of the catalogue', () => {
    expect(headingsOf(document).slice(1)).toEqual(codes);
  });

  it.each(codes)('tells the statuses and the outcome of %s', (code) => {
    const { documented, sdk, outcome } = entryOf(code);
    expect(documented).toBe(String(statusOf(code, 'documented', 'POST', '/share')));
    expect(sdk).toBe(sdkStatuses(code));
    expect(outcome).toBe(ERROR_CATALOGUE[code].outcome);
  });

  it.each(codes.filter((code) => entryOf(code).calls.startsWith('`')))('names the calls that answer %s', (code) => {
    const named = [...entryOf(code).calls.matchAll(/`([^`]+)`/g)].map(([, call = '']) => call);
    // The SDK dialect ignores unknown fields (wire.md section 2.6).
    const isMeant = (call: string): boolean => code !== 'REQUEST.UNKNOWN_FIELD' || !/ \/(zvault|zauth)\//.test(call);
    expect(named.toSorted()).toEqual(answering(code).filter(isMeant).toSorted());
  });

  it.each(codes.filter((code) => entryOf(code).calls === 'every call'))(
    'says rightly that every call answers %s',
    (code) => {
      expect(answering('INTERNAL').length).toBeGreaterThan(15);
      expect(answering(code)).toEqual(answering('INTERNAL'));
    },
  );
});
