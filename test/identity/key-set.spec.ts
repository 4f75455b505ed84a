import { generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GuardedApp, startGuardedApp } from './guarded-app.js';
import { CLAIMS, claims, jwk, KEYS } from './issuer.js';
import { type LocalServer, startServer } from './local-server.js';
import { TestClock } from './test-clock.js';
import { until } from './until.js';
import { compact, ecdsa, eddsa, hmac, pss, rsa, type Signer } from './token-maker.js';

const p256 = jwk(KEYS.p256.publicKey, { kid: 'p256' });
const otherP256 = jwk(KEYS.otherP256.publicKey, { kid: 'other-p256' });
const rsaKey = jwk(KEYS.rsa.publicKey, { kid: 'rsa', alg: 'RS256' });
const ed25519 = jwk(KEYS.ed25519.publicKey, { kid: 'ed25519', alg: 'EdDSA' });
const byP256 = (kid?: string): string =>
  compact({ alg: 'ES256', kid }, claims({ exp: CLAIMS.exp + 100_000 }), ecdsa(256, KEYS.p256.privateKey));

const token = (header: unknown, signer: Signer): string => compact(header, CLAIMS, signer);

function answerKeys(...keys: unknown[]): (response: ServerResponse) => void {
  return (response) => response.end(JSON.stringify({ keys }));
}

const unreachable = (response: ServerResponse): unknown => response.destroy();

describe('a published key set', () => {
  let answer: (response: ServerResponse) => void;
  let clock: TestClock;
  let issuer: LocalServer;
  let app: GuardedApp | undefined;
  beforeEach(async () => {
    clock = new TestClock();
    issuer = await startServer((_, response) => {
      answer(response);
    });
  });
  afterEach(async () => {
    await app?.close();
    await issuer.close();
  });

  /** Starts the service while the issuer answers in this way, and waits for what comes of its first request. */
  async function startWhile(answered: (response: ServerResponse) => void): Promise<void> {
    answer = answered;
    app = await startGuardedApp({ JWT_JWKS_URL: `${issuer.url}/keys` }, clock);
    await until(() => state().isUsable || state().reason?.includes(':') === true);
  }

  const state = (): { isUsable: boolean; reason?: string } => app?.keySet() ?? { isUsable: false };

  const outcome = async (text: string): Promise<unknown> => {
    const { userId, code } = (await app?.get('/token', ['X-Jwt-Token', text])) ?? {};
    return userId ?? code;
  };

  it('is fetched at the start, once for many tokens', async () => {
    await startWhile(answerKeys(p256, rsaKey));
    for (let round = 0; round < 20; round += 1) expect(await outcome(byP256('p256'))).toBe('alice');
    expect(issuer.requests()).toBe(1);
  });

  it('is fetched once for callers who come at the same time', async () => {
    await startWhile(answerKeys(p256, rsaKey));
    clock.advanceSeconds(600);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(byP256('p256'))));
    expect(new Set(outcomes)).toEqual(new Set(['alice']));
    expect(issuer.requests()).toBe(2);
  });

  it('is fetched again after ten minutes at the latest, and a key withdrawn by then is refused', async () => {
    await startWhile(answerKeys(p256, rsaKey));
    answer = answerKeys(rsaKey);
    clock.advanceSeconds(299);
    expect(await outcome(byP256('p256'))).toBe('alice');
    clock.advanceSeconds(301);
    expect(await outcome(byP256('p256'))).toBe('TOKEN.INVALID');
    expect(issuer.requests()).toBe(2);
  });

  it('is fetched again before it expires, without anybody asking', async () => {
    await startWhile(answerKeys(p256));
    answer = answerKeys(rsaKey);
    clock.advanceSeconds(300);
    await issuer.answered(2);
    answer = unreachable;
    clock.advanceSeconds(299);
    expect(await outcome(token({ alg: 'RS256', kid: 'rsa' }, rsa(256, KEYS.rsa.privateKey)))).toBe('alice');
  });

  it('goes on being used while it can still be believed and the issuer is down', async () => {
    await startWhile(answerKeys(p256));
    answer = unreachable;
    clock.advanceSeconds(300);
    await issuer.answered(2);
    clock.advanceSeconds(299);
    expect(await outcome(byP256('p256'))).toBe('alice');
    clock.advanceSeconds(1);
    expect(await outcome(byP256('p256'))).toBe('TOKEN.KEYS_UNAVAILABLE');
  });

  it('is fetched again for a key that is new', async () => {
    await startWhile(answerKeys(rsaKey));
    expect(await outcome(byP256('p256'))).toBe('TOKEN.INVALID');
    answer = answerKeys(rsaKey, p256);
    clock.advanceSeconds(30);
    expect(await outcome(byP256('p256'))).toBe('alice');
    expect(issuer.requests()).toBe(2);
  });

  it('is not fetched for every key id that a stranger makes up', async () => {
    await startWhile(answerKeys(p256, rsaKey));
    for (let round = 0; round < 30; round += 1) expect(await outcome(byP256(`made-up-${round}`))).toBe('TOKEN.INVALID');
    expect(await outcome(byP256('p256'))).toBe('alice');
    expect(issuer.requests()).toBe(1);
  });

  it('is not fetched for an HMAC, nor for a token that is malformed', async () => {
    await startWhile(answerKeys(p256));
    clock.advanceSeconds(60);
    expect(await outcome(token({ alg: 'HS256', kid: 'p256' }, hmac(256, 'x')))).toBe('TOKEN.INVALID');
    expect(await outcome(token({ alg: 'none', kid: 'p256' }, hmac(256, 'x')))).toBe('TOKEN.INVALID');
    expect(await outcome('made.up')).toBe('TOKEN.INVALID');
    expect(issuer.requests()).toBe(1);
  });

  it.each([
    ['an error', (response: ServerResponse) => response.writeHead(500).end()],
    ['no JSON', (response: ServerResponse) => response.end('<html>')],
    ['no key set', (response: ServerResponse) => response.end('{"keys":"none"}')],
    ['no keys', answerKeys()],
    ['a closed connection', unreachable],
    ['too much', answerKeys(p256, { more: 'x'.repeat(262_144) })],
    ['a redirect', (response: ServerResponse) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ])('that answers with %s makes the keys unavailable, and is left alone for a while', async (_, broken) => {
    await startWhile(broken);
    expect(await outcome(byP256('p256'))).toBe('TOKEN.KEYS_UNAVAILABLE');
    expect(await outcome(byP256('p256'))).toBe('TOKEN.KEYS_UNAVAILABLE');
    expect(issuer.requests()).toBe(1);
    answer = answerKeys(p256);
    clock.advanceSeconds(5);
    expect(await outcome(byP256('p256'))).toBe('alice');
  });

  it('keeps serving known keys while an unknown one cannot be looked up', async () => {
    await startWhile(answerKeys(p256, rsaKey));
    answer = unreachable;
    clock.advanceSeconds(60);
    expect(await outcome(byP256('new'))).toBe('TOKEN.KEYS_UNAVAILABLE');
    expect(await outcome(byP256('p256'))).toBe('alice');
  });

  it('is usable as long as it is believed, and says why when it is not', async () => {
    answer = (response) => {
      held = response;
    };
    let held: ServerResponse | undefined;
    app = await startGuardedApp({ JWT_JWKS_URL: `${issuer.url}/keys` }, clock);
    await until(() => held !== undefined);
    expect(state()).toEqual({ isUsable: false, reason: 'the key set has not been fetched yet' });
    held?.writeHead(503).end();
    await until(() => state().reason === 'the key set has not been fetched yet: its endpoint answered 503');
    answer = answerKeys(p256);
    clock.advanceSeconds(5);
    await until(() => state().isUsable);
    answer = unreachable;
    clock.advanceSeconds(599);
    expect(state()).toEqual({ isUsable: true });
    clock.advanceSeconds(1);
    await until(() => state().reason?.includes(':') === true);
    const reason = 'the key set is too old to use: its endpoint cannot be reached (UND_ERR_SOCKET)';
    expect(state()).toEqual({ isUsable: false, reason });
    answer = answerKeys(p256);
    clock.advanceSeconds(5);
    await until(() => state().isUsable);
  });

  it('does not hold up the start while the issuer does not answer', async () => {
    answer = () => undefined;
    app = await startGuardedApp({ JWT_JWKS_URL: `${issuer.url}/keys` }, clock);
    expect(await outcome('made.up')).toBe('TOKEN.INVALID');
    expect(state().isUsable).toBe(false);
  });

  it('needs no key id where one key fits the algorithm', async () => {
    await startWhile(answerKeys(p256, rsaKey, ed25519));
    expect(await outcome(byP256())).toBe('alice');
    expect(await outcome(token({ alg: 'RS256' }, rsa(256, KEYS.rsa.privateKey)))).toBe('alice');
    expect(await outcome(token({ alg: 'EdDSA' }, eddsa(KEYS.ed25519.privateKey)))).toBe('alice');
  });

  it('needs a key id where several keys fit, and is not tried key by key', async () => {
    await startWhile(answerKeys(p256, otherP256));
    expect(await outcome(byP256())).toBe('TOKEN.INVALID');
    expect(await outcome(byP256('p256'))).toBe('alice');
  });

  it('does not count keys that may not check tokens', async () => {
    const forEncryption = { ...otherP256, use: 'enc' };
    const forSigning = { ...otherP256, key_ops: ['sign'] };
    await startWhile(answerKeys(p256, forEncryption, forSigning, jwk(KEYS.otherP256.privateKey, { kid: 'private' })));
    expect(await outcome(byP256())).toBe('alice');
  });

  it('takes a key for checking that is published for other operations too', async () => {
    await startWhile(
      answerKeys({ ...p256, key_ops: ['verify', 'encrypt', 'sign'] }, { ...otherP256, key_ops: 'verify' }),
    );
    expect(await outcome(byP256('p256'))).toBe('alice');
    const other = token({ alg: 'ES256', kid: 'other-p256' }, ecdsa(256, KEYS.otherP256.privateKey));
    expect(await outcome(other)).toBe('TOKEN.INVALID');
  });

  it('tries each of several keys of one key id', async () => {
    await startWhile(answerKeys({ ...otherP256, kid: 'same' }, { ...p256, kid: 'same' }));
    expect(await outcome(byP256('same'))).toBe('alice');
  });

  it('pins a key to the algorithm that it is published for', async () => {
    await startWhile(answerKeys(rsaKey, ed25519));
    expect(await outcome(token({ alg: 'RS256', kid: 'rsa' }, rsa(256, KEYS.rsa.privateKey)))).toBe('alice');
    expect(await outcome(token({ alg: 'RS512', kid: 'rsa' }, rsa(512, KEYS.rsa.privateKey)))).toBe('TOKEN.INVALID');
    expect(await outcome(token({ alg: 'PS256', kid: 'rsa' }, pss(256, KEYS.rsa.privateKey)))).toBe('TOKEN.INVALID');
    const otherName = token({ alg: 'Ed25519', kid: 'ed25519' }, eddsa(KEYS.ed25519.privateKey));
    expect(await outcome(otherName)).toBe('TOKEN.INVALID');
  });

  it('offers no weak, private or foreign keys', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const ed448 = generateKeyPairSync('ed448');
    await startWhile(
      answerKeys(
        null,
        'text',
        { kty: 'EC', kid: 'broken' },
        jwk(weak.publicKey, { kid: 'weak' }),
        jwk(ed448.publicKey, { kid: 'ed448' }),
        jwk(KEYS.p256.privateKey, { kid: 'private' }),
        p256,
      ),
    );
    expect(await outcome(token({ alg: 'RS256', kid: 'weak' }, rsa(256, weak.privateKey)))).toBe('TOKEN.INVALID');
    expect(await outcome(token({ alg: 'EdDSA', kid: 'ed448' }, eddsa(ed448.privateKey)))).toBe('TOKEN.INVALID');
    expect(await outcome(byP256('private'))).toBe('TOKEN.INVALID');
    expect(await outcome(byP256('p256'))).toBe('alice');
  });
});
