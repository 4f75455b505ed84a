import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLAIMS, claims, KEYS, SECRET } from './issuer.js';
import { CASES } from './field-cases.js';
import { compact, encode, fixed, hmac, rsa, type Signer, strayBits } from './token-maker.js';
import { acceptedBy, type Attack, startTokenServers, type TokenServers } from './token-servers.js';

// Everything here that can be is rightly signed: the form alone must be reason enough.
const bySecret = hmac(256, SECRET);
const token = (headerOf: unknown, signer: Signer): string => compact(headerOf, CLAIMS, signer);
const valid = token({ alg: 'HS256', typ: 'JWT' }, bySecret);
const [header = '', payload = '', signature = ''] = valid.split('.');
const latin1Claims = Buffer.from(JSON.stringify({ ...CLAIMS, user_id: 'ÿ' }), 'latin1');
const nothing = fixed(new Uint8Array());

/** A rightly signed token under a header that is taken as it is. */
const headed = (text: string | Uint8Array): string => token(text, bySecret);

/** Signs parts as they are spelled. */
const signedAsSpelled = (input: string): string => `${input}.${bySecret(input).toString('base64url')}`;

const NONES = ['none', 'None', 'NONE', 'nOnE', 'none ', ' none', 'none\0', 'nоne', 'null', ''];
const nones: Attack[] = NONES.flatMap((alg): Attack[] => [
  [`alg ${JSON.stringify(alg)} without a signature`, token({ alg, typ: 'JWT' }, nothing)],
  [`alg ${JSON.stringify(alg)} without signature and dot`, token({ alg }, nothing).slice(0, -1)],
  [`alg ${JSON.stringify(alg)} with another's signature`, token({ alg }, fixed(Buffer.from(signature, 'base64url')))],
  [`alg ${JSON.stringify(alg)} with an HMAC`, token({ alg }, bySecret)],
]);

const SPELLINGS = [
  'hs256',
  'Hs256',
  'hS256',
  'HS256 ',
  ' HS256',
  'HS256\0',
  'HS-256',
  'HS２５６',
  'ＨS256',
  'НS256',
  'HS256\u200b',
  'HS1',
  'HS',
  'HS2560',
];
const spellings = SPELLINGS.map((alg): Attack => [`alg ${JSON.stringify(alg)}`, token({ alg }, bySecret)]);

const attacks: Attack[] = [
  ...nones,
  ...spellings,
  ['alg rs256', token({ alg: 'rs256', kid: 'rsa' }, rsa(256, KEYS.rsa.privateKey))],
  ['alg missing', token({ typ: 'JWT' }, bySecret)],
  ['alg as an array', token({ alg: ['HS256'] }, bySecret)],
  ['alg as an object', token({ alg: { toString: 'HS256' } }, bySecret)],
  ['alg as null', token({ alg: null }, bySecret)],
  ['alg as a number', token({ alg: 256 }, bySecret)],
  ['alg twice, none first', headed('{"alg":"none","alg":"HS256"}')],
  ['alg twice, none last', headed('{"alg":"HS256","alg":"none"}')],
  ['alg twice, once escaped', headed(String.raw`{"alg":"none","al\u0067":"HS256"}`)],
  ['alg in the prototype', headed('{"__proto__":{"alg":"HS256"}}')],
  ['ALG', headed('{"ALG":"HS256"}')],
  ...CASES.typ_refused.map((typ): Attack => [`typ ${typ}`, token({ alg: 'HS256', typ }, bySecret)]),
  ['typ with another main type', token({ alg: 'HS256', typ: 'text/at+jwt' }, bySecret)],
  ['typ with application/ twice', token({ alg: 'HS256', typ: 'application/application/jwt' }, bySecret)],
  ['typ empty', token({ alg: 'HS256', typ: '' }, bySecret)],
  ['typ as a list', token({ alg: 'HS256', typ: ['JWT'] }, bySecret)],
  ['typ as null', token({ alg: 'HS256', typ: null }, bySecret)],
  ['crit', token({ alg: 'HS256', crit: ['exp'], exp: 1 }, bySecret)],
  ['crit left empty', token({ alg: 'HS256', crit: [] }, bySecret)],
  ['unencoded payload', token({ alg: 'HS256', b64: false, crit: ['b64'] }, bySecret)],
  ['b64 false without crit', token({ alg: 'HS256', b64: false }, bySecret)],
  ['zip', token({ alg: 'HS256', zip: 'DEF' }, bySecret)],
  ['enc', token({ alg: 'HS256', enc: 'A128GCM' }, bySecret)],
  ['header of text', headed('alg=HS256')],
  ['header of an array', headed('[{"alg":"HS256"}]')],
  ['header null', headed('null')],
  ['header of a string', headed('"HS256"')],
  ['header with something after it', headed('{"alg":"HS256"}{"alg":"none"}')],
  ['header with a comment', headed('{"alg":"HS256"/**/}')],
  ['header with a trailing comma', headed('{"alg":"HS256",}')],
  ['header with a byte order mark', headed('\ufeff{"alg":"HS256"}')],
  ['header in UTF-16', headed(Buffer.from('{"alg":"HS256"}', 'utf16le'))],
  ['header that is not UTF-8', headed(Buffer.from('7b22616c67223a224853323536222c2278223a22ff227d', 'hex'))],
  ['header with a null byte behind', headed('{"alg":"HS256"}\0')],
  ['payload of a list', compact({ alg: 'HS256' }, [CLAIMS], bySecret)],
  ['payload of a string', compact({ alg: 'HS256' }, JSON.stringify(JSON.stringify(CLAIMS)), bySecret)],
  ['payload null', compact({ alg: 'HS256' }, 'null', bySecret)],
  ['payload that is not JSON', compact({ alg: 'HS256' }, 'user_id=alice', bySecret)],
  ['payload with a byte order mark', compact({ alg: 'HS256' }, `\ufeff${JSON.stringify(CLAIMS)}`, bySecret)],
  ['payload that is not UTF-8', compact({ alg: 'HS256' }, latin1Claims, bySecret)],
  ['nested token', compact({ alg: 'HS256', cty: 'JWT' }, valid, bySecret)],
  ['one part', header],
  ['four parts', `${valid}.${signature}`],
  ['five parts, as encrypted tokens have', `${encode({ alg: 'dir', enc: 'A128GCM' })}..AAAA.AAAA.AAAA`],
  ['only dots', '..'],
  ['empty header', `.${payload}.${signature}`],
  ['empty payload', signedAsSpelled(`${header}.`)],
  ['JSON serialisation', JSON.stringify({ protected: header, payload, signature })],
  ['padded signature', `${valid}=`],
  ['padded parts', signedAsSpelled(`${header}==.${payload}==`)],
  ['signature in plain base64', `${header}.${payload}.${Buffer.from(signature, 'base64url').toString('base64')}`],
  ['signature with stray bits', `${header}.${payload}.${strayBits(signature)}`],
  ['white space in the signature', `${header}.${payload}.${signature.slice(0, 5)} ${signature.slice(5)}`],
  ['tabs between the parts', `${header}.\t${payload}.${signature}`],
  ['percent-encoded dots', valid.replaceAll('.', '%2E')],
  ['in quotes', `"${valid}"`],
  ['two tokens with a comma', `${valid},${valid}`],
  ['fullwidth dots', valid.replaceAll('.', '．')],
  ['letters beyond ASCII in the signature', `${header}.${payload}.ſ${signature.slice(1)}`],
  ['over 8 KiB', compact({ alg: 'HS256' }, claims({ more: 'x'.repeat(6_200) }), bySecret)],
];

describe('form of the token: nobody accepts', () => {
  let servers: TokenServers;
  beforeAll(async () => {
    servers = await startTokenServers();
  });
  afterAll(() => servers.close());

  it.each(attacks)('%s', async (_, attack) => {
    expect(await acceptedBy(servers, attack)).toEqual([]);
  });
});
