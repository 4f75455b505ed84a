import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLAIMS, jwk, KEYS, OLD_SECRET, SECRET, spkiPem } from './issuer.js';
import { type LocalServer, startKeySetServer } from './local-server.js';
import { compact, ecdsa, eddsa, encode, fixed, hmac, pss, rsa, type Signer, strayBits } from './token-maker.js';
import { acceptedBy, type Attack, PUBLISHED_SECRET, startTokenServers, type TokenServers } from './token-servers.js';

const attacker = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ed25519: generateKeyPairSync('ed25519'),
};
const publicKey = KEYS.rsa.publicKey;
const pem = spkiPem(publicKey);
const ecPem = spkiPem(KEYS.p256.publicKey);
const attackerJwk = jwk(attacker.p256.publicKey, {});
const nothing = fixed(new Uint8Array());
const byRsa = rsa(256, KEYS.rsa.privateKey);
const byP256 = ecdsa(256, KEYS.p256.privateKey);
const byOtherP256 = ecdsa(256, KEYS.otherP256.privateKey);
const cutP256: Signer = (input) => byP256(input).subarray(0, 63);
const derP256: Signer = (input) => sign('sha256', Buffer.from(input), KEYS.p256.privateKey);
const token = (header: unknown, signer: Signer): string => compact(header, CLAIMS, signer);
const byAttackerEd25519 = eddsa(attacker.ed25519.privateKey);
const byAttacker = rsa(256, attacker.rsa.privateKey);
const valid = token({ alg: 'HS256' }, hmac(256, SECRET));
const validSignature = Buffer.from(valid.split('.')[2] ?? '', 'base64url');
const flipped = Buffer.from(validSignature.map((byte, index) => (index === 7 ? byte ^ 1 : byte)));
const withStrayBits = (text: string): string => {
  const dot = text.lastIndexOf('.') + 1;
  return text.slice(0, dot) + strayBits(text.slice(dot));
};
const admin = { ...CLAIMS, user_id: 'admin' };

/** A token whose header points to `url` for the attacker's key. */
function pointing(url: string): Attack[] {
  const key = jwk(attacker.rsa.publicKey, { kid: 'k' });
  return [
    ['jku to a server of the attacker', token({ alg: 'RS256', kid: 'k', jku: `${url}/keys` }, byAttacker)],
    ['x5u to a server of the attacker', token({ alg: 'RS256', x5u: `${url}/certificate` }, byAttacker)],
    ['jku and an embedded jwk', token({ alg: 'RS256', jku: url, jwk: key }, byAttacker)],
    ['kid that is a URL', token({ alg: 'RS256', kid: `${url}/keys` }, byAttacker)],
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
  [256, 384, 512].map((bits): Attack => [
    `public key as HS${bits} secret: ${name}`,
    token({ alg: `HS${bits}`, kid: 'rsa' }, hmac(bits, secret)),
  ]),
);

const attacks: Attack[] = [
  ...confusions,
  ['HS256 by the published oct key', token({ alg: 'HS256', kid: 'oct' }, hmac(256, PUBLISHED_SECRET))],
  ['HS256 by an empty secret', token({ alg: 'HS256' }, hmac(256, ''))],
  ['HS256 by the word null', token({ alg: 'HS256' }, hmac(256, 'null'))],
  ['HS256 by the word undefined', token({ alg: 'HS256' }, hmac(256, 'undefined'))],
  ["RS256 by the attacker's key", token({ alg: 'RS256' }, byAttacker)],
  ["RS256 by the attacker's key under the issuer's key id", token({ alg: 'RS256', kid: 'rsa' }, byAttacker)],
  ['embedded jwk, RSA', token({ alg: 'RS256', jwk: jwk(attacker.rsa.publicKey, {}) }, byAttacker)],
  ['embedded jwk, EC', token({ alg: 'ES256', jwk: attackerJwk }, ecdsa(256, attacker.p256.privateKey))],
  ['embedded jwk, oct', token({ alg: 'HS256', jwk: { kty: 'oct', k: encode('x') } }, hmac(256, 'x'))],
  ["embedded jwk that is the issuer's own", token({ alg: 'RS256', jwk: jwk(publicKey, {}) }, byRsa)],
  ['embedded certificate', token({ alg: 'RS256', x5c: [pem.replaceAll(/-----[A-Z ]+-----|\n/g, '')] }, byAttacker)],
  ['kid with a path to an empty file', token({ alg: 'HS256', kid: '../../../../../../dev/null' }, hmac(256, ''))],
  ['kid with a path to known text', token({ alg: 'HS256', kid: '/proc/sys/kernel/ostype' }, hmac(256, 'Linux\n'))],
  ['kid with SQL', token({ alg: 'HS256', kid: "x' UNION SELECT 'pwned" }, hmac(256, 'pwned'))],
  ['kid with a command', token({ alg: 'HS256', kid: 'rsa; touch /tmp/pwned' }, hmac(256, ''))],
  ['kid cut by a null byte', token({ alg: 'RS256', kid: 'rsa\0' }, byRsa)],
  ['kid as an array', token({ alg: 'RS256', kid: ['rsa'] }, byRsa)],
  ['kid as null', token({ alg: 'RS256', kid: null }, byRsa)],
  ['kid as a number', token({ alg: 'RS256', kid: 0 }, byRsa)],
  ['kid of an object prototype', token({ alg: 'HS256', kid: '__proto__' }, hmac(256, '[object Object]'))],
  ['kid over 256 characters', token({ alg: 'RS256', kid: 'k'.repeat(257) }, byRsa)],
  ["kid of the issuer's other key", token({ alg: 'ES256', kid: 'rsa' }, byOtherP256)],
  ['kid of a key for encryption', token({ alg: 'ES384', kid: 'for-encryption' }, ecdsa(384, KEYS.p384.privateKey))],
  ['no kid where the set has several keys', token({ alg: 'ES256' }, byOtherP256)],
  ['signature left empty', token({ alg: 'HS256' }, nothing)],
  ['signature missing with its dot', valid.split('.').slice(0, 2).join('.')],
  ['signature cut short', valid.slice(0, -8)],
  ['signature of half the bytes', token({ alg: 'HS256' }, fixed(validSignature.subarray(0, 16)))],
  ['signature with a byte more', token({ alg: 'HS256' }, fixed(Buffer.concat([validSignature, Buffer.of(0)])))],
  ['signature with one bit flipped', token({ alg: 'HS256' }, fixed(flipped))],
  ['signature of other claims', compact({ alg: 'HS256' }, admin, fixed(validSignature))],
  ['signature over the header of another type', token({ alg: 'HS256', typ: 'JWT' }, fixed(validSignature))],
  ['HS256 signature called HS512', token({ alg: 'HS512' }, hmac(256, SECRET))],
  ['RS256 signature called PS256', token({ alg: 'PS256' }, byRsa)],
  ['PS256 signature called RS256', token({ alg: 'RS256', kid: 'rsa' }, pss(256, KEYS.rsa.privateKey))],
  ['RS256 signature called RS512', token({ alg: 'RS512' }, byRsa)],
  ['RSA signature called ES256', token({ alg: 'ES256', kid: 'p256' }, byRsa)],
  ['ES384 by a P-256 key', token({ alg: 'ES384', kid: 'p256' }, ecdsa(384, KEYS.p256.privateKey))],
  ['ES256 by a P-384 key', token({ alg: 'ES256', kid: 'for-encryption' }, ecdsa(256, KEYS.p384.privateKey))],
  ['ES256 signature of zeros', token({ alg: 'ES256', kid: 'p256' }, fixed(new Uint8Array(64)))],
  ['ES256 signature of ones', token({ alg: 'ES256', kid: 'p256' }, fixed(new Uint8Array(64).fill(0xff)))],
  ['ES256 signature cut short', token({ alg: 'ES256', kid: 'p256' }, cutP256)],
  ['ES256 signature in DER', token({ alg: 'ES256', kid: 'p256' }, derP256)],
  ['RS256 signature with stray bits', withStrayBits(token({ alg: 'RS256', kid: 'rsa' }, byRsa))],
  ['ES256 signature with stray bits', withStrayBits(token({ alg: 'ES256', kid: 'p256' }, byP256))],
  ["EdDSA by the attacker's key", token({ alg: 'EdDSA' }, byAttackerEd25519)],
  ["EdDSA by the attacker's key under the issuer's key id", token({ alg: 'EdDSA', kid: 'ed25519' }, byAttackerEd25519)],
  ['EdDSA signature called ES256', token({ alg: 'ES256', kid: 'ed25519' }, eddsa(KEYS.ed25519.privateKey))],
  ['EdDSA in another letter case', token({ alg: 'eddsa', kid: 'ed25519' }, eddsa(KEYS.ed25519.privateKey))],
  ['EdDSA signature of zeros', token({ alg: 'EdDSA', kid: 'ed25519' }, fixed(new Uint8Array(64)))],
  ['HS256 by the public Ed25519 key', token({ alg: 'HS256' }, hmac(256, spkiPem(KEYS.ed25519.publicKey)))],
  ['HS256 by two secrets as one', token({ alg: 'HS256' }, hmac(256, `${SECRET}\n${OLD_SECRET}`))],
];

describe('keys and signatures: nobody accepts', () => {
  let servers: TokenServers;
  let trap: LocalServer;
  beforeAll(async () => {
    servers = await startTokenServers();
    trap = await startKeySetServer({ keys: [jwk(attacker.rsa.publicKey, { kid: 'k' })] });
  });
  afterAll(async () => {
    await servers.close();
    await trap.close();
  });

  it.each(attacks)('%s', async (_, attack) => {
    expect(await acceptedBy(servers, attack)).toEqual([]);
  });

  it('keys that a token points to, nor fetches them', async () => {
    for (const [name, attack] of pointing(trap.url)) {
      expect({ name, accepted: await acceptedBy(servers, attack) }).toEqual({ name, accepted: [] });
    }
    expect(trap.requests()).toBe(0);
  });
});
