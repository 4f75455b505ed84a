import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { calledFunction, isNote, isTransferData } from '../../src/chain/transaction-data.js';
import { asGoDecodes, goVersion } from './as-go-decodes.js';
import type { GoOutcome } from './as-go-decodes.js';
import { dataCorpus } from './data-corpus.js';

const DRAWS = 40_000;
const TWO_MINUTES = 120_000;

const say = (line: string): unknown => process.stderr.write(`notes as Go decodes them: ${line}\n`);

const version = goVersion();
const isCi = process.env['CI'] === 'true';
if (version === undefined && !isCi) say('skipped: there is no Go here to compare with what encoding/json decodes');

/** In CI a missing Go fails; elsewhere it skips. */
const describeWithGo = version === undefined && !isCi ? describe.skip : describe;

describeWithGo("the chain's own decoder, Go's encoding/json,", () => {
  const seed = randomInt(2 ** 31);
  let decoded: readonly (readonly [data: string, outcome: GoOutcome])[];
  beforeAll(() => {
    if (version === undefined) throw new Error('there is no Go here, and CI has to ask it');
    say(`${version}, seed ${seed}`);
    const texts = dataCorpus(seed, DRAWS);
    const outcomes = asGoDecodes(texts);
    decoded = outcomes.map((outcome, place) => [texts[place] ?? '', outcome]);
  }, TWO_MINUTES);

  it('meets enough of every kind for the rules below to mean something', () => {
    const count = (fits: (data: string, outcome: GoOutcome) => boolean): number =>
      decoded.filter(([data, outcome]) => fits(data, outcome)).length;
    expect(count(() => true)).toBeGreaterThan(50_000);
    expect(count((data) => isNote(data))).toBeGreaterThan(10_000);
    expect(count((data) => isTransferData(data) && !isNote(data))).toBeGreaterThan(50);
    expect(count((data) => calledFunction(data) !== undefined)).toBeGreaterThan(100);
    expect(count((_, { name }) => name !== '')).toBeGreaterThan(500);
    expect(count((_, { decoded: ok, name }) => ok && name === '')).toBeGreaterThan(100);
  });

  it('takes no note for an object, nor any name out of one', () => {
    const taken = decoded.filter(([data, { decoded: ok, name }]) => isNote(data) && (ok || name !== ''));
    expect({ seed, taken }).toEqual({ seed, taken: [] });
  });

  it('finds no function but transfer in what a restricted transfer may hold', () => {
    const found = decoded.filter(([data, { name }]) => isTransferData(data) && name !== '' && name !== 'transfer');
    expect({ seed, found }).toEqual({ seed, found: [] });
  });

  it('finds the very function that we find in the data of a call', () => {
    const differing = decoded.filter(([data, { decoded: ok, name }]) => {
      const called = calledFunction(data);
      return called !== undefined && (!ok || name !== called.toWellFormed());
    });
    expect({ seed, differing }).toEqual({ seed, differing: [] });
  });
});
