import { describe, expect, it } from '@jest/globals';
import { Readiness } from '../../src/readiness/readiness.js';

describe('readiness', () => {
  it('has every check by its name, in the order in which they were added', async () => {
    const readiness = new Readiness();
    readiness.add('b', () => undefined);
    readiness.add('a', () => 'not yet');
    readiness.add('c', () => Promise.resolve('neither'));
    expect([...(await readiness.look())]).toEqual([
      ['b', undefined],
      ['a', 'not yet'],
      ['c', 'neither'],
    ]);
  });

  it('has no two checks of one name', () => {
    const readiness = new Readiness();
    readiness.add('a', () => undefined);
    expect(() => {
      readiness.add('a', () => undefined);
    }).toThrow('two readiness checks named a');
  });

  it('says nothing of what a check threw, and does not wait for one that never ends', async () => {
    const readiness = new Readiness();
    readiness.add('throws', () => {
      throw new Error('/a/path');
    });
    readiness.add('rejects', () => Promise.reject(new Error('/a/path')));
    readiness.add('hangs', () => new Promise(() => undefined));
    expect(Object.fromEntries(await readiness.look())).toEqual({
      throws: 'it could not be checked',
      rejects: 'it could not be checked',
      hangs: 'it could not be checked in time',
    });
  });

  it('looks once for all who ask at a time', async () => {
    const readiness = new Readiness();
    let looks = 0;
    readiness.add('counted', () => {
      looks += 1;
      return undefined;
    });
    await Promise.all(Array.from({ length: 50 }, () => readiness.look()));
    expect(looks).toBe(1);
    await readiness.look();
    expect(looks).toBe(2);
  });

  it('warns apart from what it objects to, by names of their own', async () => {
    const readiness = new Readiness();
    readiness.add('a', () => undefined);
    readiness.warn('a', () => 'be careful');
    readiness.warn('b', () => undefined);
    readiness.warn('c', () => {
      throw new Error('/a/path');
    });
    expect(() => {
      readiness.warn('b', () => undefined);
    }).toThrow('two readiness checks named b');
    expect([...(await readiness.look())]).toEqual([['a', undefined]]);
    expect(await readiness.warnings()).toEqual(['a: be careful', 'c: it could not be checked']);
  });
});
