import { describe, expect, it } from '@jest/globals';
import { addressOf, outcome } from '../chain/transaction-texts.js';

const newAllocation = (data: string): string =>
  outcome(['allocation_storage_operations'], { type: 1000, to: addressOf('storage'), data });

describe('data of a contract call', () => {
  it.each([
    '{"name":"new_allocation_request","input":null}',
    '{"input":{"name":"kill_blobber"},"name":"new_allocation_request"}',
    ' { "name" : "new_allocation_request" , "input" : "{}" } ',
    '{"n\\u0061me":"new_allocation\\u005frequest","input":[1e400]}',
    '{"name":"new_allocation_request","input":{"a":1,"a":2}}',
  ])('is understood when nobody can read it otherwise: %s', (data) => {
    expect(newAllocation(data)).toBe('allowed');
  });
});

describe('data that the chain may read otherwise is refused', () => {
  const name = '"name":"new_allocation_request"';
  it.each([
    ['a second name', `{${name},"name":"kill_blobber","input":1}`],
    ['a second name that says the same', `{${name},${name},"input":1}`],
    ['a second input', `{${name},"input":1,"input":1}`],
    ['a name in other letter case after it', `{${name},"Name":"kill_blobber","input":1}`],
    ['a name in other letter case before it', `{"NAME":"kill_blobber",${name},"input":1}`],
    ['a name in other letter case instead', '{"Name":"new_allocation_request","input":1}'],
    ['an input in other letter case', `{${name},"Input":1}`],
    ['a name hidden by an escape', `{${name},"n\\u0061me":"kill_blobber","input":1}`],
    ['a name in other case hidden by an escape', `{${name},"\\u004eame":"kill_blobber","input":1}`],
    ['a further key', `{${name},"input":1,"x":1}`],
    ['a __proto__ key', `{"__proto__":{"name":"kill_blobber"},${name},"input":1}`],
    ['a name only on __proto__', '{"__proto__":{"name":"new_allocation_request"},"input":1}'],
    ['no input', `{${name}}`],
    ['no name', '{"input":1}'],
    ['a null name', '{"name":null,"input":1}'],
    ['a number as name', '{"name":7,"input":1}'],
    ['an array as name', '{"name":["new_allocation_request"],"input":1}'],
    ['an array', `[{${name},"input":1}]`],
    ['a string', JSON.stringify(`{${name},"input":1}`)],
    ['null', 'null'],
    ['nothing', ''],
    ['a bare name', 'new_allocation_request'],
    ['something after it', `{${name},"input":1}{"name":"kill_blobber","input":1}`],
    ['a zero after it', `{${name},"input":1}\0`],
    ['a byte order mark', `\ufeff{${name},"input":1}`],
    ['a vertical tab', `\v{${name},"input":1}`],
    ['a trailing comma', `{${name},"input":1,}`],
    ['a comment', `{${name},/*"input":2*/"input":1}`],
    ['a wrong escape', `{${name},"input":"\\'"}`],
    ['a raw control character', `{${name},"input":"\t"}`],
    ['a leading zero', `{${name},"input":01}`],
    ['very deep input', `{${name},"input":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ])('%s', (_what, data) => {
    expect(newAllocation(data)).toBe('ambiguous-data');
  });
});
