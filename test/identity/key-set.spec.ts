import { generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, type GuardedApp, startGuardedApp } from './guarded-app.js';
import { CLAIMS, claims, jwk, KEYS } from './issuer.js';
import { type LocalServer, startServer } from './local-server.js';
import { TestClock } from './test-clock.js';
import { compact, ecdsa, hmac, pss, rsa, type Signer } from './token-maker.js';

const p256 = jwk(KEYS.p256.publicKey, { kid: 'p256' });
const rsaKey = jwk(KEYS.rsa.publicKey, { kid: 'rsa', alg: 'RS256' });
const byP256 = (kid?: string): string =>
  compact({ alg: 'ES256', kid }, claims({ exp: CLAIMS.exp + 100_000 }), ecdsa(256, KEYS.p256.privateKey));

const token = (header: unknown, signer: Signer): string => compact(header, CLAIMS, signer);

function answerKeys(...keys: unknown[]): (response: ServerResponse) => void {
  return (response) => response.end(JSON.stringify({ keys }));
}

describe('a published key set', () => {
  let answer: (response: ServerResponse) => void;
  let clock: TestClock;
  let issuer: LocalServer;
  let app: GuardedApp;
  beforeEach(async () => {
    clock = new TestClock();
    issuer = await startServer((_, response) => {
      answer(response);
    });
    app = await startGuardedApp({ JWT_JWKS_URL: `${issuer.url}/keys` }, clock);
  });
  afterEach(async () => {
    await app.close();
    await issuer.close();
  });

  const send = (text: string): Promise<Answer> => app.get('/token', ['X-Jwt-Token', text]);
  const outcome = async (text: string): Promise<unknown> => {
    const { userId, code } = await send(text);
    return userId ?? code;
  };

  it('is fetched once for many tokens', async () => {
    answer = answerKeys(p256, rsaKey);
    for (let round = 0; round < 20; round += 1) expect(await outcome(byP256('p256'))).toBe('alice');
    expect(issuer.requests()).toBe(1);
  });

  it('is fetched once for callers who come at the same time', async () => {
    answer = answerKeys(p256, rsaKey);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(byP256('p256'))));
    expect(new Set(outcomes)).toEqual(new Set(['alice']));
    expect(issuer.requests()).toBe(1);
  });

  it('is fetched again after ten minutes, and a key withdrawn by then is refused', async () => {
    answer = answerKeys(p256, rsaKey);
    expect(await outcome(byP256('p256'))).toBe('alice');
    answer = answerKeys(rsaKey);
    clock.advanceSeconds(599);
    expect(await outcome(byP256('p256'))).toBe('alice');
    clock.advanceSeconds(1);
    expect(await outcome(byP256('p256'))).toBe('TOKEN.INVALID');
    expect(issuer.requests()).toBe(2);
  });

  it('is fetched again for a key that is new', async () => {
    answer = answerKeys(rsaKey);
    expect(await outcome(byP256('p256'))).toBe('TOKEN.INVALID');
    answer = answerKeys(rsaKey, p256);
    clock.advanceSeconds(30);
    expect(await outcome(byP256('p256'))).toBe('alice');
    expect(issuer.requests()).toBe(2);
  });

  it('is not fetched for every key id that a stranger makes up', async () => {
    answer = answerKeys(p256, rsaKey);
    for (let round = 0; round < 30; round += 1) expect(await outcome(byP256(`made-up-${round}`))).toBe('TOKEN.INVALID');
    expect(await outcome(byP256('p256'))).toBe('alice');
    expect(issuer.requests()).toBe(1);
  });

  it('is not fetched for an HMAC, nor for a token that is malformed', async () => {
    answer = answerKeys(p256);
    expect(await outcome(token({ alg: 'HS256', kid: 'p256' }, hmac(256, 'x')))).toBe('TOKEN.INVALID');
    expect(await outcome(token({ alg: 'none', kid: 'p256' }, hmac(256, 'x')))).toBe('TOKEN.INVALID');
    expect(await outcome('made.up')).toBe('TOKEN.INVALID');
    expect(issuer.requests()).toBe(0);
  });

  it.each([
    ['an error', (response: ServerResponse) => response.writeHead(500).end()],
    ['no JSON', (response: ServerResponse) => response.end('<html>')],
    ['no key set', (response: ServerResponse) => response.end('{"keys":"none"}')],
    ['no keys', answerKeys()],
    ['a closed connection', (response: ServerResponse) => response.destroy()],
    ['too much', answerKeys(p256, { more: 'x'.repeat(262_144) })],
    ['a redirect', (response: ServerResponse) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ])('that answers with %s makes the keys unavailable, and is left alone for a while', async (_, broken) => {
    answer = broken;
    expect(await outcome(byP256('p256'))).toBe('TOKEN.KEYS_UNAVAILABLE');
    expect(await outcome(byP256('p256'))).toBe('TOKEN.KEYS_UNAVAILABLE');
    expect(issuer.requests()).toBe(1);
    answer = answerKeys(p256);
    clock.advanceSeconds(5);
    expect(await outcome(byP256('p256'))).toBe('alice');
  });

  it('is not used beyond its age when the issuer is down', async () => {
    answer = answerKeys(p256);
    expect(await outcome(byP256('p256'))).toBe('alice');
    answer = (response) => response.destroy();
    clock.advanceSeconds(600);
    expect(await outcome(byP256('p256'))).toBe('TOKEN.KEYS_UNAVAILABLE');
  });

  it('keeps serving known keys while an unknown one cannot be looked up', async () => {
    answer = answerKeys(p256, rsaKey);
    expect(await outcome(byP256('p256'))).toBe('alice');
    answer = (response) => response.destroy();
    clock.advanceSeconds(60);
    expect(await outcome(byP256('new'))).toBe('TOKEN.KEYS_UNAVAILABLE');
    expect(await outcome(byP256('p256'))).toBe('alice');
  });

  it('needs no key id when it has one key', async () => {
    answer = answerKeys(p256);
    expect(await outcome(byP256())).toBe('alice');
  });

  it('pins a key to the algorithm that it is published for', async () => {
    answer = answerKeys(rsaKey);
    expect(await outcome(token({ alg: 'RS256', kid: 'rsa' }, rsa(256, KEYS.rsa.privateKey)))).toBe('alice');
    expect(await outcome(token({ alg: 'RS512', kid: 'rsa' }, rsa(512, KEYS.rsa.privateKey)))).toBe('TOKEN.INVALID');
    expect(await outcome(token({ alg: 'PS256', kid: 'rsa' }, pss(256, KEYS.rsa.privateKey)))).toBe('TOKEN.INVALID');
  });

  it('offers no weak, private or foreign keys', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const ed25519 = generateKeyPairSync('ed25519');
    answer = answerKeys(
      null,
      'text',
      { kty: 'EC', kid: 'broken' },
      jwk(weak.publicKey, { kid: 'weak' }),
      jwk(ed25519.publicKey, { kid: 'ed25519' }),
      jwk(KEYS.p256.privateKey, { kid: 'private' }),
      p256,
    );
    expect(await outcome(token({ alg: 'RS256', kid: 'weak' }, rsa(256, weak.privateKey)))).toBe('TOKEN.INVALID');
    expect(await outcome(byP256('private'))).toBe('TOKEN.INVALID');
    expect(await outcome(byP256('p256'))).toBe('alice');
  });
});
