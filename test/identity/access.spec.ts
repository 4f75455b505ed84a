import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GuardedApp, startGuardedApp } from './guarded-app.js';
import { CASES } from './field-cases.js';
import { CLAIMS, claims, SECRET } from './issuer.js';
import { TestClock } from './test-clock.js';
import { compact, hmac } from './token-maker.js';

const ofUser = (userId: string): string => compact({ alg: 'HS256' }, claims({ user_id: userId }), hmac(256, SECRET));
const valid = ofUser('alice');
const invalid = compact({ alg: 'HS256' }, CLAIMS, hmac(256, 'another secret'));

describe('access', () => {
  let app: GuardedApp;
  beforeAll(async () => {
    app = await startGuardedApp({ JWT_SECRET: SECRET }, new TestClock());
  });
  afterAll(() => app.close());

  it('refuses a route that declares nothing, whoever calls', async () => {
    const refusal = { status: 403, code: 'ACCESS.UNDECLARED' };
    expect(await app.get('/undeclared')).toMatchObject(refusal);
    expect(await app.get('/undeclared', ['X-Jwt-Token', valid])).toMatchObject(refusal);
  });

  it('lets anyone call a public route and looks at no token there', async () => {
    expect(await app.get('/public')).toMatchObject({ status: 200 });
    expect(await app.get('/public', ['X-Jwt-Token', invalid])).toMatchObject({ status: 200 });
  });

  it('asks for a token where one is declared', async () => {
    expect(await app.get('/token')).toMatchObject({ status: 401, code: 'TOKEN.MISSING' });
    expect(await app.get('/token', ['X-Jwt-Token', ''])).toMatchObject({ status: 401, code: 'TOKEN.MISSING' });
    expect(await app.get('/token', ['Authorization', 'Bearer'])).toMatchObject({ status: 401, code: 'TOKEN.MISSING' });
  });

  it('takes the token from either header, the scheme in any letter case', async () => {
    expect(await app.get('/token', ['X-Jwt-Token', valid])).toMatchObject({ status: 200, userId: 'alice' });
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const answer = await app.get('/token', ['Authorization', `${scheme} ${valid}`]);
      expect(answer).toMatchObject({ status: 200, userId: 'alice' });
    }
  });

  it('needs no token for a partial signature', async () => {
    expect(await app.get('/partial-signature')).toMatchObject({ status: 200, userId: null });
  });

  it('knows the caller of a partial signature that comes with a token', async () => {
    expect(await app.get('/partial-signature', ['X-Jwt-Token', valid])).toMatchObject({ status: 200, userId: 'alice' });
  });

  it('refuses a partial signature that comes with an invalid token', async () => {
    const answer = await app.get('/partial-signature', ['X-Jwt-Token', invalid]);
    expect(answer).toMatchObject({ status: 401, code: 'TOKEN.INVALID' });
  });

  it('accepts the same token in both headers', async () => {
    const headers = ['X-Jwt-Token', valid, 'Authorization', `Bearer ${valid}`];
    expect(await app.get('/token', headers)).toMatchObject({ status: 200, userId: 'alice' });
  });

  it('refuses two different tokens, both of which are valid', async () => {
    const other = ofUser('bob');
    for (const headers of [
      ['X-Jwt-Token', valid, 'Authorization', `Bearer ${other}`],
      ['X-Jwt-Token', valid, 'X-Jwt-Token', other],
      ['Authorization', `Bearer ${valid}`, 'Authorization', `Bearer ${other}`],
    ]) {
      expect(await app.get('/token', headers)).toMatchObject({ status: 401, code: 'TOKEN.CONFLICT' });
      expect(await app.get('/partial-signature', headers)).toMatchObject({ status: 401, code: 'TOKEN.CONFLICT' });
    }
  });

  it.each(CASES.headers)('answers $answer to X-Jwt-Token $X-Jwt-Token beside $Authorization', async (sent) => {
    const words: Readonly<Record<string, string>> = { good: valid, another: ofUser('bob') };
    const headers = Object.entries(sent).flatMap(([name, value]) => {
      const written = value.replace(/good|another/, (word) => words[word] ?? word);
      return name === 'answer' ? [] : [name, written];
    });
    for (const path of ['/token', '/partial-signature']) {
      const { status, userId } = await app.get(path, headers);
      expect({ path, status: String(status), userId }).toMatchObject({ path, status: sent.answer });
      expect(userId).toBe(status === 200 ? 'alice' : undefined);
    }
  });

  it('does not look at an Authorization of another scheme beside X-Jwt-Token, but at that token', async () => {
    for (const value of ['Basic dXNlcjpwYXNz', 'Digest username="x"', 'Negotiate', `NotBearer ${ofUser('bob')}`]) {
      const beside = (token: string): string[] => ['X-Jwt-Token', token, 'Authorization', value];
      expect(await app.get('/token', beside(valid))).toMatchObject({ status: 200, userId: 'alice' });
      expect(await app.get('/token', beside(invalid))).toMatchObject({ status: 401, code: 'TOKEN.INVALID' });
      expect(await app.get('/token', beside(''))).toMatchObject({ status: 401, code: 'TOKEN.INVALID' });
    }
  });

  it('understands Bearer in X-Jwt-Token, in any letter case and beside the same token', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer ']) {
      const headers = ['X-Jwt-Token', `${scheme} ${valid}`, 'Authorization', `Bearer ${valid}`];
      expect(await app.get('/token', headers)).toMatchObject({ status: 200, userId: 'alice' });
    }
    const none = { status: 401, code: 'TOKEN.MISSING' };
    expect(await app.get('/token', ['X-Jwt-Token', 'Bearer'])).toMatchObject(none);
    const twice = ['X-Jwt-Token', `Bearer Bearer ${valid}`];
    expect(await app.get('/token', twice)).toMatchObject({ status: 401, code: 'TOKEN.INVALID' });
    const other = ['X-Jwt-Token', `Bearer ${valid}`, 'X-Jwt-Token', ofUser('bob')];
    expect(await app.get('/token', other)).toMatchObject({ status: 401, code: 'TOKEN.CONFLICT' });
    expect(await app.get('/token', ['X-Jwt-Token', `Basic ${valid}`])).toMatchObject({ status: 401 });
  });

  it('says what to send when the Authorization header alone is of another scheme', async () => {
    const { text } = await app.get('/token', ['Authorization', 'Basic dXNlcjpwYXNz']);
    expect(text).toContain('the Authorization header is not Bearer');
    expect(text).toContain('X-Jwt-Token');
    expect(text).not.toContain('dXNlcjpwYXNz');
  });

  it('refuses an Authorization header of another scheme alone or with more than a token', async () => {
    const twice = `Bearer ${valid} ${valid}`;
    for (const value of [valid, `Basic ${valid}`, twice, `Bearer ${valid}, Bearer ${valid}`, `Bearer\u00a0${valid}`]) {
      expect(await app.get('/token', ['Authorization', value])).toMatchObject({ status: 401, code: 'TOKEN.INVALID' });
      expect(await app.get('/partial-signature', ['Authorization', value])).toMatchObject({ status: 401 });
    }
  });
});

describe('access with JWT_IGNORE_AUTHORIZATION', () => {
  let app: GuardedApp;
  beforeAll(async () => {
    app = await startGuardedApp({ JWT_SECRET: SECRET, JWT_IGNORE_AUTHORIZATION: 'true' }, new TestClock());
  });
  afterAll(() => app.close());

  it('looks at X-Jwt-Token alone, whatever a proxy puts into Authorization', async () => {
    for (const value of [`Bearer ${ofUser('bob')}`, `Bearer ${invalid}`, 'Bearer a b', 'Basic x', 'x']) {
      const beside = (token: string): string[] => ['X-Jwt-Token', token, 'Authorization', value];
      expect(await app.get('/token', beside(valid))).toMatchObject({ status: 200, userId: 'alice' });
      expect(await app.get('/token', beside(invalid))).toMatchObject({ status: 401, code: 'TOKEN.INVALID' });
    }
  });

  it('finds no token in Authorization, so that a bare partial signature goes through a proxy', async () => {
    const headers = ['Authorization', `Bearer ${valid}`];
    expect(await app.get('/token', headers)).toMatchObject({ status: 401, code: 'TOKEN.MISSING' });
    expect(await app.get('/partial-signature', headers)).toMatchObject({ status: 200, userId: null });
  });
});
