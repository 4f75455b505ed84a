import { type Answer, type GuardedApp, startGuardedApp } from './guarded-app.js';
import { AUDIENCE, ISSUER, jwk, KEYS, OLD_SECRET, SECRET, spkiPem } from './issuer.js';
import { startKeySetServer } from './local-server.js';
import { TestClock } from './test-clock.js';

/** What the oct entry of the key set holds; a set is public, so everybody knows it. */
export const PUBLISHED_SECRET = Buffer.from('this-oct-key-is-published-for-all-to-read');

/** The key set that the issuer publishes, with some entries that must never check a token. */
export const KEY_SET = [
  jwk(KEYS.rsa.publicKey, { kid: 'rsa', alg: 'RS256', use: 'sig' }),
  jwk(KEYS.p256.publicKey, { kid: 'p256' }),
  jwk(KEYS.otherP256.publicKey, { kid: 'other-p256' }),
  jwk(KEYS.ed25519.publicKey, { kid: 'ed25519' }),
  jwk(KEYS.p384.publicKey, { kid: 'for-encryption', use: 'enc' }),
  { kty: 'oct', kid: 'oct', k: PUBLISHED_SECRET.toString('base64url') },
];

/** Every way of checking tokens, alone and all together. */
export interface TokenServers {
  readonly secret: GuardedApp;
  readonly rsa: GuardedApp;
  readonly p256: GuardedApp;
  readonly keySet: GuardedApp;
  readonly everything: GuardedApp;
  all(): readonly GuardedApp[];
  close(): Promise<void>;
}

export async function startTokenServers(): Promise<TokenServers> {
  const published = await startKeySetServer({ keys: KEY_SET });
  const start = (environment: NodeJS.ProcessEnv): Promise<GuardedApp> =>
    startGuardedApp({ ...environment, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE }, new TestClock());
  const keys = {
    JWT_SECRET: SECRET,
    JWT_PUBLIC_KEY: spkiPem(KEYS.rsa.publicKey),
    JWT_JWKS_URL: `${published.url}/keys`,
  };
  const inRotation = {
    ...keys,
    JWT_SECRET: `${SECRET}\n${OLD_SECRET}`,
    JWT_PUBLIC_KEY: spkiPem(KEYS.p521.publicKey) + keys.JWT_PUBLIC_KEY + spkiPem(KEYS.ed25519.publicKey),
  };
  const apps = {
    secret: await start({ JWT_SECRET: keys.JWT_SECRET }),
    rsa: await start({ JWT_PUBLIC_KEY: keys.JWT_PUBLIC_KEY }),
    p256: await start({ JWT_PUBLIC_KEY: spkiPem(KEYS.p256.publicKey) }),
    keySet: await start({ JWT_JWKS_URL: keys.JWT_JWKS_URL }),
    everything: await start(inRotation),
  };
  return {
    ...apps,
    all: () => Object.values(apps),
    close: async () => {
      await Promise.all(Object.values(apps).map((app) => app.close()));
      await published.close();
    },
  };
}

/** A name and a token that nobody may accept. */
export type Attack = readonly [name: string, token: string];

/** Sends a token to every server by every way in; the codes of those that let it in or answered something odd. */
export async function acceptedBy(servers: TokenServers, token: string): Promise<unknown[]> {
  const own = ['X-Jwt-Token', token];
  const standard = ['Authorization', `Bearer ${token}`];
  const attempts = servers
    .all()
    .flatMap((app) =>
      [own, standard, [...own, ...standard]].flatMap((headers) => [
        app.get('/token', headers),
        app.get('/partial-signature', headers),
      ]),
    );
  const answers = await Promise.all(attempts);
  return answers.filter((answer) => !isRefusal(answer) || repeatsToken(answer.text, token));
}

/** Ours, or the server's own for headers of more than 16 KiB. */
function isRefusal({ status, code }: Answer): boolean {
  return (status === 401 && (code === 'TOKEN.INVALID' || code === 'TOKEN.EXPIRED')) || status === 431;
}

/** Whether an answer holds any part of a token that is long enough to be told from an ordinary word. */
function repeatsToken(text: string, token: string): boolean {
  return token.split('.').some((part) => part.length > 12 && text.includes(part));
}
