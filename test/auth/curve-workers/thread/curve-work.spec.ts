import { describe, expect, it } from '@jest/globals';
import { createCurveWork } from '../../../../src/auth/curve-workers/thread/create-curve-work.js';
import type { CoSignJob } from '../../../../src/auth/curve-workers/protocol/curve-job.js';
import { CurveWork } from '../../../../src/auth/curve-workers/thread/curve-work.js';
import { systemRandomBytes } from '../../../../src/crypto/random-bytes.js';
import type { Sealer } from '../../../../src/crypto/sealing/sealer.js';
import type { SecretBytes } from '../../../../src/crypto/secret-bytes.js';
import { createWallet, engine, inTurn, requestOf } from '../../../crypto/mcl/batch/co-sign-fixtures.js';
import { findSecrets, secretOfHex } from '../../../safety/secret-forms.js';
import { jobOf, sealer, signedBy } from '../co-sign-jobs.js';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const another = createWallet();
const outsideField = Uint8Array.from([...new Uint8Array(31).fill(0xff), 0x7f]);
const malformed = { outcome: 'malformed-partial', reason: expect.any(String) };
const failed = { outcome: 'failed', reason: expect.any(String) };

/** What can be wrong with one request, and the answer to it. */
const FAULTS: [string, (job: CoSignJob) => CoSignJob, unknown][] = [
  [
    'a partial over another hash',
    (job) => ({ ...job, message: new Uint8Array(32).fill(7) }),
    { outcome: 'wrong-partial' },
  ],
  [
    "a stranger's partial",
    (job) => ({ ...job, userPartial: requestOf(another).userPartial }),
    { outcome: 'wrong-partial' },
  ],
  ['a partial that is no point', (job) => ({ ...job, userPartial: outsideField }), malformed],
  ['a share sealed for another row', (job) => ({ ...job, shareId: 'another row' }), failed],
  ['a share that was cut', (job) => ({ ...job, sealedShare: job.sealedShare.slice(0, -1) }), failed],
  ["another wallet's share", (job) => ({ ...job, sealedShare: jobOf(another).sealedShare }), failed],
  ["another wallet's client key", (job) => ({ ...job, clientKey: another.clientKey }), failed],
  ['a client key that is none', (job) => ({ ...job, clientKey: new Uint8Array(64) }), failed],
  [
    'a user key that is none, and a wrong partial',
    (job) => ({ ...job, userKey: new Uint8Array(64), userPartial: requestOf(another).userPartial }),
    failed,
  ],
  [
    'a wrong partial, when the share does not open either',
    (job) => ({ ...job, shareId: 'another row', userPartial: requestOf(another).userPartial }),
    { outcome: 'wrong-partial' },
  ],
];

describe.each(['herumi', 'noble'] as const)('the curve work by %s', (name) => {
  it('answers a batch as it answers each alone, and as the whole key signs', async () => {
    const work = await createCurveWork(name, sealer, 64);
    const wallets = [createWallet(), createWallet(), createWallet()];
    const jobs = Array.from({ length: name === 'noble' ? 8 : 64 }, (_, place) => jobOf(inTurn(wallets, place)));
    const together = work.perform(jobs);
    expect(together).toEqual(jobs.map((job, place) => signedBy(inTurn(wallets, place), job)));
    expect(together).toEqual(jobs.flatMap((job) => work.perform([job])));
  });

  it('answers a batch of messages of every length as it answers each alone, and as the whole key signs', async () => {
    const work = await createCurveWork(name, sealer, 64);
    const wallets = [createWallet(), createWallet()];
    const lengths = [1, 32, 1024, 16, 64, 32, 33, 31];
    const jobs = lengths.map((length, place) => jobOf(inTurn(wallets, place), 'a row', systemRandomBytes(length)));
    const together = work.perform(jobs);
    expect(together).toEqual(jobs.map((job, place) => signedBy(inTurn(wallets, place), job)));
    expect(together).toEqual(jobs.flatMap((job) => work.perform([job])));
  });

  it.each([0, 1025])('signs no message of %d bytes, and its neighbours all the same', async (length) => {
    const work = await createCurveWork(name, sealer, 64);
    const wallet = createWallet();
    const jobs = [jobOf(wallet), { ...jobOf(wallet), message: new Uint8Array(length) }, jobOf(wallet)] as const;
    expect(work.perform(jobs)).toEqual([signedBy(wallet, jobs[0]), failed, signedBy(wallet, jobs[2])]);
  });

  it.each(FAULTS)('tells %s of the one request, and signs its neighbours', async (_, spoil, expected) => {
    const work = await createCurveWork(name, sealer, 64);
    const wallet = createWallet();
    const jobs = [jobOf(wallet), spoil(jobOf(wallet)), jobOf(wallet)] as const;
    expect(work.perform(jobs)).toEqual([signedBy(wallet, jobs[0]), expected, signedBy(wallet, jobs[2])]);
  });

  it('checks partials without a share, beside signatures and in order', async () => {
    const work = await createCurveWork(name, sealer, 64);
    const wallet = createWallet();
    const job = jobOf(wallet);
    const { shareId, userKey, message, userPartial } = job;
    const check = { kind: 'check-partial', shareId, userKey, message, userPartial } as const;
    const results = work.perform([
      check,
      { ...check, message: new Uint8Array(32) },
      job,
      { ...check, userPartial: outsideField },
    ]);
    expect(results).toEqual([{ outcome: 'users-own' }, { outcome: 'wrong-partial' }, signedBy(wallet, job), malformed]);
  });

  it('lets neither the server share nor its partial signature out', async () => {
    const work = await createCurveWork(name, sealer, 64);
    const wallet = createWallet();
    const jobs = FAULTS.map(([, spoil]) => spoil(jobOf(wallet)));
    const said = Buffer.from(JSON.stringify(work.perform(jobs)));
    const partials = jobs.map(({ message }) => secretOfHex('partial', hexOf(engine.sign(wallet.serverShare, message))));
    const share = secretOfHex('server share', hexOf(wallet.serverShare.expose()));
    expect(findSecrets({ where: 'the results', content: said }, [share, ...partials])).toEqual([]);
  });
});

describe('an opened server share', () => {
  it.each([
    ['was used', () => [undefined]],
    [
      'met an error',
      () => {
        throw new Error('the arithmetic is broken');
      },
    ],
  ])('is wiped when it %s', (_, coSign) => {
    const opened: SecretBytes[] = [];
    const watched: Sealer = {
      keyId: sealer.keyId,
      seal: (secret, place) => sealer.seal(secret, place),
      open: (sealed, place) => {
        const secret = sealer.open(sealed, place);
        opened.push(secret);
        return secret;
      },
    };
    const work = new CurveWork(engine, coSign, watched);
    try {
      work.perform([jobOf(another)]);
    } catch {
      // The worker that runs it dies of that; the share must not outlive it.
    }
    expect(opened).toHaveLength(1);
    expect(() => opened[0]?.expose()).toThrow('already wiped');
  });
});
