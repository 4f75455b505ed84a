import { expect, it } from '@jest/globals';
import { encodeVkey } from '../../src/audit/tlog/verifier-key.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { log, otherWitness, witness } from '../audit/tlog/given-signers.js';

const [ONE, TWO, LOG] = [witness, otherWitness, log].map(({ key }) => encodeVkey(key)) as [string, string, string];

it('names witnesses by where they are asked and their keys, and wants all of them by default', () => {
  const text = `https://a.example ${ONE}\n  http://127.0.0.1:8080/w2/ ${TWO}\n`;
  const { auditWitnesses } = loadConfiguration({ AUDIT_WITNESS_URLS: text });
  expect(auditWitnesses.witnesses.map(({ url, key }) => [url.href, key.name])).toEqual([
    ['https://a.example/add-checkpoint', 'witness.example/w1'],
    ['http://127.0.0.1:8080/w2/add-checkpoint', 'witness.example/w2'],
  ]);
  expect(auditWitnesses).toMatchObject({ quorum: 2, areRequired: false });
  const required = { AUDIT_WITNESS_URLS: text, AUDIT_WITNESS_QUORUM: '1', AUDIT_WITNESS_POLICY: 'require' };
  expect(loadConfiguration(required).auditWitnesses).toMatchObject({ quorum: 1, areRequired: true });
});

it.each<[Record<string, string>, string]>([
  [
    { AUDIT_WITNESS_URLS: 'https://a.example' },
    'AUDIT_WITNESS_URLS must be URLs, each followed by the vkey of its witness',
  ],
  [{ AUDIT_WITNESS_URLS: `${ONE} https://a.example` }, 'AUDIT_WITNESS_URLS must hold http or https URLs'],
  [{ AUDIT_WITNESS_URLS: `ftp://a.example ${ONE}` }, 'AUDIT_WITNESS_URLS must hold http or https URLs'],
  [{ AUDIT_WITNESS_URLS: `https://u:hunter22@a.example ${ONE}` }, 'AUDIT_WITNESS_URLS must hold http or https URLs'],
  [{ AUDIT_WITNESS_URLS: `https://a.example/?hunter22 ${ONE}` }, 'AUDIT_WITNESS_URLS must hold http or https URLs'],
  [{ AUDIT_WITNESS_URLS: `https://a.example ${ONE.slice(0, -2)}` }, 'AUDIT_WITNESS_URLS holds a vkey that is none'],
  [{ AUDIT_WITNESS_URLS: 'https://a.example hunter22' }, 'AUDIT_WITNESS_URLS holds a vkey that is none'],
  [{ AUDIT_WITNESS_URLS: `https://a.example ${LOG}` }, 'must hold vkeys of witnesses, which are of type 4'],
  [{ AUDIT_WITNESS_URLS: `https://a.example ${ONE} https://b.example ${ONE}` }, 'must name each key once'],
  [{ AUDIT_WITNESS_URLS: `https://a.example ${ONE} `.repeat(17) }, 'AUDIT_WITNESS_URLS must be at most 16 witnesses'],
  [
    { AUDIT_WITNESS_URLS: `https://a.example ${ONE}`, AUDIT_WITNESS_QUORUM: '2' },
    'AUDIT_WITNESS_QUORUM must not be more',
  ],
  [
    { AUDIT_WITNESS_URLS: `https://a.example ${ONE}`, AUDIT_WITNESS_QUORUM: '0' },
    'AUDIT_WITNESS_QUORUM must be a whole',
  ],
  [{ AUDIT_WITNESS_QUORUM: '1' }, 'AUDIT_WITNESS_QUORUM needs AUDIT_WITNESS_URLS'],
  [{ AUDIT_WITNESS_POLICY: 'require' }, 'AUDIT_WITNESS_POLICY needs AUDIT_WITNESS_URLS'],
  [{ AUDIT_WITNESS_POLICY: 'deny' }, 'AUDIT_WITNESS_POLICY must be one of: warn, require'],
])('refuses %j, and says why without what was set', (environment, why) => {
  let said = '';
  try {
    loadConfiguration(environment);
  } catch (error) {
    said = String(error);
  }
  expect(said).toContain(why);
  expect(said).not.toContain('hunter22');
});
