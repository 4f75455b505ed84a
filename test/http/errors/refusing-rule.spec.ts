import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../../src/errors/domain-error.js';
import { errorAnswer } from '../../../src/http/errors/error-answer.js';
import type { ErrorAnswer } from '../../../src/http/errors/error-answer.js';

const MESSAGE = 'this is above what is left';

function answer(retryAfterSeconds: number | undefined, prefix = ''): ErrorAnswer {
  const rule = { rule: 'limits[0]', reason: 'limit-reached', retryAfterSeconds };
  const url = `${prefix}/sign/txn`;
  const request = { id: 'one', method: 'POST', url, routeOptions: { url } };
  return errorAnswer(new DomainError('SIGNING.NOT_ALLOWED', MESSAGE, { rule }), request);
}

const problem = ({ body }: ErrorAnswer): unknown => JSON.parse(body);

describe('a rule that says no', () => {
  it('is told with its reason, and with when it will say yes where that is known', () => {
    const told = answer(5_400);
    expect(told.status).toBe(400);
    expect(told.headers['Retry-After']).toBe('5400');
    expect(problem(told)).toMatchObject({
      code: 'SIGNING.NOT_ALLOWED',
      detail: MESSAGE,
      reason: 'limit-reached',
      rule: 'limits[0]',
      retry_after_seconds: 5_400,
    });
  });

  it('says nothing of when where it never will', () => {
    const told = answer(undefined);
    expect(told.headers).not.toHaveProperty('Retry-After');
    expect(problem(told)).toMatchObject({ reason: 'limit-reached', rule: 'limits[0]' });
    expect(problem(told)).not.toHaveProperty('retry_after_seconds');
  });

  it('is one line of text in the SDK dialect, with the same header', () => {
    const told = answer(5_400, '/zauth');
    expect(told).toEqual({
      status: 400,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '5400' },
      body: `${MESSAGE}\n`,
    });
  });
});

it('any other refusal has neither rule nor reason, and waits as its status says', () => {
  const request = { id: 'one', method: 'POST', url: '/sign/txn', routeOptions: { url: '/sign/txn' } };
  const refused = errorAnswer(new DomainError('SPLIT_KEY.REVOKED', MESSAGE), request);
  for (const member of ['rule', 'reason', 'retry_after_seconds']) expect(problem(refused)).not.toHaveProperty(member);
  expect(refused.headers).not.toHaveProperty('Retry-After');
  const busy = errorAnswer(new DomainError('SIGNING.OVERLOADED', MESSAGE), request);
  expect(busy.headers['Retry-After']).toBe('1');
});
