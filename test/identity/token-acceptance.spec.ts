import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CASES } from './field-cases.js';
import { AUDIENCE, CLAIMS, claims, KEYS, OLD_SECRET, SECRET, spkiPem } from './issuer.js';
import { type GuardedApp, startGuardedApp } from './guarded-app.js';
import { TestClock } from './test-clock.js';
import { compact, ecdsa, eddsa, hmac, pss, rsa, type Signer } from './token-maker.js';
import { startTokenServers, type TokenServers } from './token-servers.js';

const now = new TestClock().nowSeconds();

type Case = readonly [algorithm: string, signer: Signer];

const hmacs: Case[] = [256, 384, 512].map((bits) => [`HS${bits}`, hmac(bits, SECRET)]);
const rsas: Case[] = [256, 384, 512].flatMap((bits): Case[] => [
  [`RS${bits}`, rsa(bits, KEYS.rsa.privateKey)],
  [`PS${bits}`, pss(bits, KEYS.rsa.privateKey)],
]);

/** Claims whose `user_id` is a number with exactly these digits. */
function ofUserNumber(digits: string): string {
  const written = JSON.stringify(CLAIMS).replace('"user_id":"alice"', `"user_id":${digits}`);
  return compact({ alg: 'HS256' }, written, hmac(256, SECRET));
}

async function userOf(app: GuardedApp, token: string): Promise<unknown> {
  const answer = await app.get('/token', ['X-Jwt-Token', token]);
  return answer.userId ?? answer.text;
}

// Without these the corpus of attacks would also pass against a server that refuses everybody.
describe('a valid token is accepted', () => {
  let servers: TokenServers;
  beforeAll(async () => {
    servers = await startTokenServers();
  });
  afterAll(() => servers.close());

  it.each(hmacs)('%s by the shared secret', async (alg, signer) => {
    expect(await userOf(servers.secret, compact({ alg, typ: 'JWT' }, CLAIMS, signer))).toBe('alice');
    expect(await userOf(servers.everything, compact({ alg, typ: 'JWT' }, CLAIMS, signer))).toBe('alice');
  });

  it.each(rsas)('%s by the RSA public key', async (alg, signer) => {
    expect(await userOf(servers.rsa, compact({ alg, typ: 'JWT' }, CLAIMS, signer))).toBe('alice');
    expect(await userOf(servers.everything, compact({ alg, typ: 'JWT' }, CLAIMS, signer))).toBe('alice');
  });

  it.each([
    ['ES256', 256, KEYS.p256],
    ['ES384', 384, KEYS.p384],
    ['ES512', 512, KEYS.p521],
  ] as const)('%s by an EC public key', async (alg, bits, { publicKey, privateKey }) => {
    const app = await startGuardedApp({ JWT_PUBLIC_KEY: spkiPem(publicKey) }, new TestClock());
    expect(await userOf(app, compact({ alg }, CLAIMS, ecdsa(bits, privateKey)))).toBe('alice');
    await app.close();
  });

  it.each(['EdDSA', 'Ed25519'])('%s by an Ed25519 public key and by the key of the set', async (alg) => {
    const bare = compact({ alg }, CLAIMS, eddsa(KEYS.ed25519.privateKey));
    const app = await startGuardedApp({ JWT_PUBLIC_KEY: spkiPem(KEYS.ed25519.publicKey) }, new TestClock());
    expect(await userOf(app, bare)).toBe('alice');
    await app.close();
    expect(await userOf(servers.everything, bare)).toBe('alice');
    const named = compact({ alg, kid: 'ed25519' }, CLAIMS, eddsa(KEYS.ed25519.privateKey));
    expect(await userOf(servers.keySet, named)).toBe('alice');
  });

  it('by any of several secrets and public keys', async () => {
    const tokens = [
      compact({ alg: 'HS256' }, CLAIMS, hmac(256, SECRET)),
      compact({ alg: 'HS512' }, CLAIMS, hmac(512, OLD_SECRET)),
      compact({ alg: 'ES512' }, CLAIMS, ecdsa(512, KEYS.p521.privateKey)),
      compact({ alg: 'PS384' }, CLAIMS, pss(384, KEYS.rsa.privateKey)),
    ];
    for (const token of tokens) expect(await userOf(servers.everything, token)).toBe('alice');
  });

  it.each(CASES.typ_accepted.flatMap((typ) => [typ, typ.toLowerCase(), typ.toUpperCase()]))(
    'with the type %s',
    async (typ) => {
      expect(await userOf(servers.secret, compact({ alg: 'HS256', typ }, CLAIMS, hmac(256, SECRET)))).toBe('alice');
    },
  );

  it.each(CASES.user_id)('or refused for $claim as user_id, by its digits', async ({ claim, user }) => {
    const answer = await servers.secret.get('/token', ['X-Jwt-Token', ofUserNumber(claim)]);
    expect(answer.userId ?? null).toBe(user);
  });

  it.each(['0', '7', '9007199254740991'])('of the user number %s', async (digits) => {
    expect(await userOf(servers.secret, ofUserNumber(digits))).toBe(digits);
  });

  it('RS256 and ES256 by the key of the set that the token names', async () => {
    const tokens = [
      compact({ alg: 'RS256', kid: 'rsa' }, CLAIMS, rsa(256, KEYS.rsa.privateKey)),
      compact({ alg: 'ES256', kid: 'p256' }, CLAIMS, ecdsa(256, KEYS.p256.privateKey)),
      compact({ alg: 'ES256', kid: 'other-p256' }, CLAIMS, ecdsa(256, KEYS.otherP256.privateKey)),
    ];
    for (const token of tokens) {
      expect(await userOf(servers.keySet, token)).toBe('alice');
      expect(await userOf(servers.everything, token)).toBe('alice');
    }
  });

  it.each([
    ['type in another letter case', { alg: 'HS256', typ: 'jwt' }, CLAIMS, 'alice'],
    ['type application/jwt', { alg: 'HS256', typ: 'application/jwt' }, CLAIMS, 'alice'],
    ['key id that means nothing here', { alg: 'HS256', kid: 'anything' }, CLAIMS, 'alice'],
    ['sub where there is no user_id', { alg: 'HS256' }, claims({ user_id: undefined, sub: 'bob' }), 'bob'],
    ['user_id before sub', { alg: 'HS256' }, claims({ sub: 'bob' }), 'alice'],
    ['user of 256 characters', { alg: 'HS256' }, claims({ user_id: 'u'.repeat(256) }), 'u'.repeat(256)],
    ['user with other letters', { alg: 'HS256' }, claims({ user_id: 'Zoë Ωмега 李' }), 'Zoë Ωмега 李'],
    ['audience among several', { alg: 'HS256' }, claims({ aud: ['other', AUDIENCE] }), 'alice'],
    ['last second', { alg: 'HS256' }, claims({ exp: now + 1 }), 'alice'],
    ["issuer's clock a little ahead", { alg: 'HS256' }, claims({ iat: now + 30, nbf: now + 30 }), 'alice'],
    ['size just below the limit', { alg: 'HS256' }, claims({ more: 'x'.repeat(5_700) }), 'alice'],
  ])('with %s', async (_, header, payload, user) => {
    expect(await userOf(servers.secret, compact(header, payload, hmac(256, SECRET)))).toBe(user);
  });

  it('until its expiry and the configured leeway have passed', async () => {
    const clock = new TestClock();
    const app = await startGuardedApp({ JWT_SECRET: SECRET, JWT_LEEWAY_SECONDS: '60' }, clock);
    const token = compact({ alg: 'HS256' }, claims({ exp: now + 10 }), hmac(256, SECRET));
    const outcome = async (): Promise<unknown> => {
      const { code, userId } = await app.get('/token', ['X-Jwt-Token', token]);
      return userId ?? code;
    };
    clock.advanceSeconds(69);
    expect(await outcome()).toBe('alice');
    clock.advanceSeconds(1);
    expect(await outcome()).toBe('TOKEN.EXPIRED');
    await app.close();
  });

  it.each(['0', '60'])('up to 60 seconds before its nbf and iat, with a leeway of %s', async (leeway) => {
    const app = await startGuardedApp({ JWT_SECRET: SECRET, JWT_LEEWAY_SECONDS: leeway }, new TestClock());
    for (const name of ['nbf', 'iat']) {
      const ahead = (seconds: number): string =>
        compact({ alg: 'HS256' }, claims({ [name]: now + seconds }), hmac(256, SECRET));
      expect(await userOf(app, ahead(60))).toBe('alice');
      expect(await userOf(app, ahead(61))).toContain('the token is not valid yet');
    }
    await app.close();
  });

  it('until the injected clock says otherwise', async () => {
    const clock = new TestClock();
    const app = await startGuardedApp({ JWT_SECRET: SECRET }, clock);
    const token = compact({ alg: 'HS512' }, CLAIMS, hmac(512, SECRET));
    clock.advanceSeconds(3599);
    expect(await app.get('/token', ['X-Jwt-Token', token])).toMatchObject({ status: 200 });
    clock.advanceSeconds(1);
    expect(await app.get('/token', ['X-Jwt-Token', token])).toMatchObject({ status: 401, code: 'TOKEN.EXPIRED' });
    await app.close();
  });
});
