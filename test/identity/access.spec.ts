import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GuardedApp, startGuardedApp } from './guarded-app.js';
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

  it('refuses an Authorization header of another scheme or with more than a token', async () => {
    const twice = `Bearer ${valid} ${valid}`;
    for (const value of [valid, `Basic ${valid}`, twice, `Bearer ${valid}, Bearer ${valid}`, `Bearer\u00a0${valid}`]) {
      expect(await app.get('/token', ['Authorization', value])).toMatchObject({ status: 401, code: 'TOKEN.INVALID' });
      expect(await app.get('/partial-signature', ['Authorization', value])).toMatchObject({ status: 401 });
    }
  });
});
