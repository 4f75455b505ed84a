import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLAIMS, jwk, KEYS, SECRET, spkiPem } from './issuer.js';
import { type LocalServer, startServer } from './local-server.js';
import { compact, ecdsa, encode, fixed, hmac, pss, rsa } from './token-maker.js';
import { acceptedBy, type Attack, PUBLISHED_SECRET, startTokenServers, type TokenServers } from './token-servers.js';

const attacker = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ed25519: generateKeyPairSync('ed25519'),
};
const publicKey = KEYS.rsa.publicKey;
const pem = spkiPem(publicKey);
const ecPem = spkiPem(KEYS.p256.publicKey);
const nothing = fixed(new Uint8Array());
const byAttacker = rsa(256, attacker.rsa.privateKey);
const valid = compact({ alg: 'HS256' }, CLAIMS, hmac(256, SECRET));
const validSignature = Buffer.from(valid.split('.')[2] ?? '', 'base64url');
const flipped = Buffer.from(validSignature.map((byte, index) => (index === 7 ? byte ^ 1 : byte)));
const admin = { ...CLAIMS, user_id: 'admin' };

/** A token whose header points to `url` for the attacker's key. */
function pointing(url: string): Attack[] {
  const key = jwk(attacker.rsa.publicKey, { kid: 'k' });
  return [
    ['jku to a server of the attacker', compact({ alg: 'RS256', kid: 'k', jku: `${url}/keys` }, CLAIMS, byAttacker)],
    ['x5u to a server of the attacker', compact({ alg: 'RS256', x5u: `${url}/certificate` }, CLAIMS, byAttacker)],
    ['jku and an embedded jwk', compact({ alg: 'RS256', jku: url, jwk: key }, CLAIMS, byAttacker)],
    ['kid that is a URL', compact({ alg: 'RS256', kid: `${url}/keys` }, CLAIMS, byAttacker)],
    ['iss that is a URL of the attacker', compact({ alg: 'RS256', kid: 'k' }, { ...CLAIMS, iss: url }, byAttacker)],
  ];
}

const confusions: Attack[] = (
  [
    ['PEM as it is', pem],
    ['PEM without the last line end', pem.trimEnd()],
    ['PEM with CRLF', pem.replaceAll('\n', '\r\n')],
    ['PEM with literal \\n', pem.replaceAll('\n', String.raw`\n`)],
    ['PEM with a line end more', `${pem}\n`],
    ['PKCS#1 PEM', publicKey.export({ type: 'pkcs1', format: 'pem' })],
    ['base64 without its lines', pem.replaceAll(/-----[A-Z ]+-----|\n/g, '')],
    ['DER', publicKey.export({ type: 'spki', format: 'der' })],
    ['JWK text', JSON.stringify(publicKey.export({ format: 'jwk' }))],
    ['modulus', Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url')],
    ['EC PEM', ecPem],
    ['EC DER', KEYS.p256.publicKey.export({ type: 'spki', format: 'der' })],
  ] as const
).flatMap(([name, secret]) =>
  [256, 384, 512].map((bits): Attack => [`public key as HS${bits} secret: ${name}`, compact({ alg: `HS${bits}`, kid: 'rsa' }, CLAIMS, hmac(bits, secret))]),
);

const attacks: Attack[] = [
  ...confusions,
  ['HS256 by the published oct key', compact({ alg: 'HS256', kid: 'oct' }, CLAIMS, hmac(256, PUBLISHED_SECRET))],
  ['HS256 by an empty secret', compact({ alg: 'HS256' }, CLAIMS, hmac(256, ''))],
  ['HS256 by the word null', compact({ alg: 'HS256' }, CLAIMS, hmac(256, 'null'))],
  ['HS256 by the word undefined', compact({ alg: 'HS256' }, CLAIMS, hmac(256, 'undefined'))],
  ["RS256 by the attacker's key", compact({ alg: 'RS256' }, CLAIMS, byAttacker)],
  ["RS256 by the attacker's key under the issuer's key id", compact({ alg: 'RS256', kid: 'rsa' }, CLAIMS, byAttacker)],
  ['embedded jwk, RSA', compact({ alg: 'RS256', jwk: jwk(attacker.rsa.publicKey, {}) }, CLAIMS, byAttacker)],
  ['embedded jwk, EC', compact({ alg: 'ES256', jwk: jwk(attacker.p256.publicKey, {}) }, CLAIMS, ecdsa(256, attacker.p256.privateKey))],
  ['embedded jwk, oct', compact({ alg: 'HS256', jwk: { kty: 'oct', k: encode('x') } }, CLAIMS, hmac(256, 'x'))],
  ["embedded jwk that is the issuer's own", compact({ alg: 'RS256', jwk: jwk(publicKey, {}) }, CLAIMS, rsa(256, KEYS.rsa.privateKey))],
  ['embedded certificate', compact({ alg: 'RS256', x5c: [publicKey.export({ type: 'spki', format: 'der' }).toString('base64')] }, CLAIMS, byAttacker)],
  ['kid with a path to an empty file', compact({ alg: 'HS256', kid: '../../../../../../dev/null' }, CLAIMS, hmac(256, ''))],
  ['kid with a path to a known file', compact({ alg: 'HS256', kid: '/proc/sys/kernel/randomize_va_space' }, CLAIMS, hmac(256, '2\n'))],
  ['kid with SQL', compact({ alg: 'HS256', kid: "x' UNION SELECT 'pwned" }, CLAIMS, hmac(256, 'pwned'))],
  ['kid with a command', compact({ alg: 'HS256', kid: 'rsa; touch /tmp/pwned' }, CLAIMS, hmac(256, ''))],
  ['kid cut by a null byte', compact({ alg: 'RS256', kid: 'rsa\0' }, CLAIMS, rsa(256, KEYS.rsa.privateKey))],
  ['kid as an array', compact({ alg: 'RS256', kid: ['rsa'] }, CLAIMS, rsa(256, KEYS.rsa.privateKey))],
  ['kid as null', compact({ alg: 'RS256', kid: null }, CLAIMS, rsa(256, KEYS.rsa.privateKey))],
  ['kid as a number', compact({ alg: 'RS256', kid: 0 }, CLAIMS, rsa(256, KEYS.rsa.privateKey))],
  ['kid of an object prototype', compact({ alg: 'HS256', kid: '__proto__' }, CLAIMS, hmac(256, '[object Object]'))],
  ['kid over 256 characters', compact({ alg: 'RS256', kid: 'k'.repeat(257) }, CLAIMS, rsa(256, KEYS.rsa.privateKey))],
  ["kid of the issuer's other key", compact({ alg: 'ES256', kid: 'rsa' }, CLAIMS, ecdsa(256, KEYS.otherP256.privateKey))],
  ['kid of a key that is for encryption', compact({ alg: 'ES384', kid: 'for-encryption' }, CLAIMS, ecdsa(384, KEYS.p384.privateKey))],
  ['no kid where the set has several keys', compact({ alg: 'ES256' }, CLAIMS, ecdsa(256, KEYS.otherP256.privateKey))],
  ['signature left empty', compact({ alg: 'HS256' }, CLAIMS, nothing)],
  ['signature missing with its dot', valid.split('.').slice(0, 2).join('.')],
  ['signature cut short', valid.slice(0, -8)],
  ['signature of half the bytes', compact({ alg: 'HS256' }, CLAIMS, fixed(validSignature.subarray(0, 16)))],
  ['signature with a byte more', compact({ alg: 'HS256' }, CLAIMS, fixed(Buffer.concat([validSignature, Buffer.of(0)])))],
  ['signature with one bit flipped', compact({ alg: 'HS256' }, CLAIMS, fixed(flipped))],
  ['signature of other claims', compact({ alg: 'HS256' }, admin, fixed(validSignature))],
  ['signature over the header of another type', compact({ alg: 'HS256', typ: 'JWT' }, CLAIMS, fixed(validSignature))],
  ['HS256 signature called HS512', compact({ alg: 'HS512' }, CLAIMS, hmac(256, SECRET))],
  ['RS256 signature called PS256', compact({ alg: 'PS256' }, CLAIMS, rsa(256, KEYS.rsa.privateKey))],
  ['PS256 signature called RS256', compact({ alg: 'RS256', kid: 'rsa' }, CLAIMS, pss(256, KEYS.rsa.privateKey))],
  ['RS256 signature called RS512', compact({ alg: 'RS512' }, CLAIMS, rsa(256, KEYS.rsa.privateKey))],
  ['RSA signature called ES256', compact({ alg: 'ES256', kid: 'p256' }, CLAIMS, rsa(256, KEYS.rsa.privateKey))],
  ['ES384 by a P-256 key', compact({ alg: 'ES384', kid: 'p256' }, CLAIMS, ecdsa(384, KEYS.p256.privateKey))],
  ['ES256 by a P-384 key', compact({ alg: 'ES256', kid: 'for-encryption' }, CLAIMS, ecdsa(256, KEYS.p384.privateKey))],
  ['ES256 signature of zeros', compact({ alg: 'ES256', kid: 'p256' }, CLAIMS, fixed(new Uint8Array(64)))],
  ['ES256 signature of ones', compact({ alg: 'ES256', kid: 'p256' }, CLAIMS, fixed(new Uint8Array(64).fill(0xff)))],
  ['ES256 signature cut short', compact({ alg: 'ES256', kid: 'p256' }, CLAIMS, (input) => ecdsa(256, KEYS.p256.privateKey)(input).subarray(0, 63))],
  ['ES256 signature in DER', compact({ alg: 'ES256', kid: 'p256' }, CLAIMS, (input) => sign('sha256', Buffer.from(input), KEYS.p256.privateKey))],
  ['EdDSA', compact({ alg: 'EdDSA' }, CLAIMS, (input) => sign(null, Buffer.from(input), attacker.ed25519.privateKey))],
];

describe('keys and signatures: nobody accepts', () => {
  let servers: TokenServers;
  let trap: LocalServer;
  beforeAll(async () => {
    servers = await startTokenServers();
    trap = await startServer((_, response) => response.end(JSON.stringify({ keys: [jwk(attacker.rsa.publicKey, { kid: 'k' })] })));
  });
  afterAll(async () => {
    await servers.close();
    await trap.close();
  });

  it.each(attacks)('%s', async (_, token) => {
    expect(await acceptedBy(servers, token)).toEqual([]);
  });

  it('keys that a token points to, nor fetches them', async () => {
    for (const [name, token] of pointing(trap.url)) {
      expect({ name, accepted: await acceptedBy(servers, token) }).toEqual({ name, accepted: [] });
    }
    expect(trap.requests()).toBe(0);
  });
});
