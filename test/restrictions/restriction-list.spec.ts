import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALL_OPERATION_GROUPS } from '../../src/restrictions/operation-groups.js';
import { documentedRestrictionNames, parseRestrictionNames } from '../../src/restrictions/restriction-list.js';
import { sdkRestrictionNames, withSilentGroups } from '../../src/restrictions/sdk-restriction-names.js';

const someGroups = fc.uniqueArray(fc.constantFrom(...ALL_OPERATION_GROUPS));

describe('parsing restriction names', () => {
  it('keeps the order and drops repetitions', () => {
    expect(parseRestrictionNames(['token_bridging', 'token_transfers', 'token_bridging'])).toEqual({
      ok: true,
      list: ['token_bridging', 'token_transfers'],
    });
  });

  it('reads no names as the list that denies everything', () => {
    expect(parseRestrictionNames([])).toEqual({ ok: true, list: [] });
  });

  it('takes the list away for exactly one star', () => {
    expect(parseRestrictionNames(['*'])).toEqual({ ok: true, list: 'unrestricted' });
  });

  it.each([
    [['*', 'token_transfers'], 0],
    [['token_transfers', '*'], 1],
    [['*', '*'], 0],
  ])('refuses a star beside other names: %j', (names, position) => {
    expect(parseRestrictionNames(names)).toEqual({ ok: false, position, reason: 'star-not-alone' });
  });

  it.each(['constructor', '__proto__', 'toString', '', ' *', 'TOKEN_TRANSFERS', 'token_transfers\n', 'unrestricted'])(
    'refuses the unknown name "%s" by its position',
    (name) => {
      expect(parseRestrictionNames(['token_transfers', name])).toEqual({
        ok: false,
        position: 1,
        reason: 'unknown-group',
      });
    },
  );

  it('reads back every list that the documented API shows', () => {
    fc.assert(
      fc.property(someGroups, (list) => {
        expect(parseRestrictionNames(documentedRestrictionNames(list))).toEqual({ ok: true, list });
      }),
    );
    expect(parseRestrictionNames(documentedRestrictionNames('unrestricted'))).toEqual({
      ok: true,
      list: 'unrestricted',
    });
  });
});

const SILENT: readonly string[] = ['message_signing', 'data_signing'];

describe('the SDK dialect', () => {
  it('gives message_signing and data_signing silently to a list, also to the empty one', () => {
    expect(withSilentGroups(['token_bridging'])).toEqual(['token_bridging', ...SILENT]);
    expect(withSilentGroups([])).toEqual(SILENT);
  });

  it('adds nothing to a key without a list, nor a silent group twice', () => {
    expect(withSilentGroups('unrestricted')).toBe('unrestricted');
    expect(withSilentGroups(['message_signing'])).toEqual(SILENT);
    expect(withSilentGroups(['data_signing', 'token_bridging'])).toEqual([
      'data_signing',
      'token_bridging',
      'message_signing',
    ]);
  });

  it('never shows the silent groups', () => {
    expect(sdkRestrictionNames(['message_signing', 'token_bridging', 'data_signing'])).toEqual(['token_bridging']);
    for (const group of SILENT) expect(sdkRestrictionNames('unrestricted')).not.toContain(group);
  });

  it('shows every other group for a key without a list', () => {
    expect(sdkRestrictionNames('unrestricted')).toHaveLength(ALL_OPERATION_GROUPS.length - SILENT.length);
  });

  it('shows a list as it was set', () => {
    fc.assert(
      fc.property(someGroups, (groups) => {
        const set = groups.filter((group) => !SILENT.includes(group));
        expect(sdkRestrictionNames(withSilentGroups(set))).toEqual(set);
      }),
    );
  });
});
