import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AUDIENCE, CLAIMS, claims, ISSUER, SECRET } from './issuer.js';
import { TestClock } from './test-clock.js';
import { compact, hmac } from './token-maker.js';
import { acceptedBy, type Attack, startTokenServers, type TokenServers } from './token-servers.js';

const now = new TestClock().nowSeconds();
const bySecret = hmac(256, SECRET);

// Everything here is rightly signed: the claims alone must be reason enough.
const changed = (name: string, changes: Readonly<Record<string, unknown>>): Attack => [
  name,
  compact({ alg: 'HS256', typ: 'JWT' }, claims(changes), bySecret),
];

/** Claims whose JSON is written by hand, for what JSON.stringify would not write. */
const written = (name: string, more: string, without: Readonly<Record<string, undefined>>): Attack => [
  name,
  compact({ alg: 'HS256' }, `${JSON.stringify(claims(without)).slice(0, -1)},${more}}`, bySecret),
];

const attacks: Attack[] = [
  changed('no exp', { exp: undefined }),
  changed('exp null', { exp: null }),
  changed('exp as text', { exp: String(now + 3600) }),
  changed('exp as a date', { exp: '2099-01-01T00:00:00Z' }),
  changed('exp as a list', { exp: [now + 3600] }),
  changed('exp as an object', { exp: { valueOf: now + 3600 } }),
  changed('exp true', { exp: true }),
  changed('exp in the past', { exp: now - 1 }),
  changed('exp now', { exp: now }),
  changed('exp zero', { exp: 0 }),
  changed('exp negative', { exp: -(now + 3600) }),
  changed('exp in milliseconds', { exp: (now + 3600) * 1000 }),
  changed('exp beyond any date', { exp: 1e308 }),
  changed('exp 2^63', { exp: 2 ** 63 }),
  written('exp that becomes infinite', '"exp":1e400', { exp: undefined }),
  written('exp that is not JSON', '"exp":Infinity', { exp: undefined }),
  written('exp twice', `"exp":${now + 7200}`, {}),
  written('exp in another letter case', `"EXP":${now + 3600}`, { exp: undefined }),
  written('exp in the prototype', `"__proto__":{"exp":${now + 3600}}`, { exp: undefined }),
  changed('nbf to come', { nbf: now + 3600 }),
  changed('nbf as text', { nbf: String(now - 60) }),
  changed('nbf null', { nbf: null }),
  written('nbf that becomes infinite', '"nbf":-1e400', {}),
  changed('iat to come', { iat: now + 3600 }),
  changed('iat as text', { iat: 'yesterday' }),
  changed('no iss', { iss: undefined }),
  changed('another iss', { iss: 'https://issuer.test.evil/' }),
  changed('iss without its slash', { iss: ISSUER.slice(0, -1) }),
  changed('iss in a list', { iss: [ISSUER] }),
  changed('no aud', { aud: undefined }),
  changed('another aud', { aud: 'another-service' }),
  changed('aud that begins like ours', { aud: `${AUDIENCE}-test` }),
  changed('aud in another letter case', { aud: AUDIENCE.toUpperCase() }),
  changed('aud of an empty list', { aud: [] }),
  changed('aud in a list in a list', { aud: [[AUDIENCE]] }),
  changed('aud as an object', { aud: { 0: AUDIENCE } }),
  changed('no user', { user_id: undefined }),
  changed('user_id null beside a sub', { user_id: null, sub: 'bob' }),
  changed('user_id empty beside a sub', { user_id: '', sub: 'bob' }),
  changed('user_id negative', { user_id: -1 }),
  changed('user_id with a fraction', { user_id: 1.5 }),
  written('user_id 2^53', '"user_id":9007199254740992', { user_id: undefined }),
  written('user_id 2^53 + 1', '"user_id":9007199254740993', { user_id: undefined }),
  written('user_id of twenty digits', '"user_id":10000000000000000000', { user_id: undefined }),
  written('user_id as 42.0', '"user_id":42.0', { user_id: undefined }),
  written('user_id as 4.2e1', '"user_id":4.2e1', { user_id: undefined }),
  written('user_id as -0', '"user_id":-0', { user_id: undefined }),
  written('user_id that becomes infinite', '"user_id":1e400', { user_id: undefined }),
  written('user_id as a number and as a text', '"user_id":42,"user_id":"42"', { user_id: undefined }),
  changed('user_id true', { user_id: true }),
  changed('user_id as a list', { user_id: ['alice'] }),
  changed('user_id as an object', { user_id: { toString: 'alice' } }),
  changed('user_id over 256 characters', { user_id: 'a'.repeat(257) }),
  changed('user_id with a null byte', { user_id: 'alice\0' }),
  changed('user_id with a line end', { user_id: 'alice\nadmin' }),
  changed('user_id with an invisible character', { user_id: 'ali\u200bce' }),
  changed('user_id that turns the direction', { user_id: '\u202eecila' }),
  written('user_id with half a character', String.raw`"user_id":"alice\ud800"`, { user_id: undefined }),
  changed('sub as a number', { user_id: undefined, sub: 7 }),
  changed('sub empty', { user_id: undefined, sub: '' }),
  written('user_id twice', '"user_id":"admin"', {}),
  written('user_id twice, once escaped', String.raw`"user_i\u0064":"admin"`, {}),
  written('user_id in the prototype', '"__proto__":{"user_id":"admin","sub":"admin"}', { user_id: undefined }),
];

describe('claims of the token: nobody accepts', () => {
  let servers: TokenServers;
  beforeAll(async () => {
    servers = await startTokenServers();
  });
  afterAll(() => servers.close());

  it.each(attacks)('%s', async (_, token) => {
    expect(await acceptedBy(servers, token)).toEqual([]);
  });

  it('an expired token, and says that it has expired only when the signature is right', async () => {
    const expired = claims({ exp: now - 1 });
    const forged = compact({ alg: 'HS256' }, expired, hmac(256, 'guess'));
    const answer = (token: string): Promise<unknown> => servers.secret.get('/token', ['X-Jwt-Token', token]);
    expect(await answer(compact({ alg: 'HS256' }, expired, bySecret))).toMatchObject({ code: 'TOKEN.EXPIRED' });
    expect(await answer(forged)).toMatchObject({ code: 'TOKEN.INVALID' });
    expect(await answer(compact({ alg: 'HS256' }, CLAIMS, bySecret))).toMatchObject({ userId: 'alice' });
  });
});
