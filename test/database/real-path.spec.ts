import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { besideDatabase, databaseState } from '../../src/database/database-files.js';
import { realPathOf } from '../../src/database/real-path.js';

let directory: string;
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'real-path-')));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('the real path of a database', () => {
  it('is where it would be made, and nothing is made for it', () => {
    const missing = join(directory, 'none', 'at', 'all', 'kms.sqlite');
    expect(realPathOf(missing)).toBe(missing);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is at the other end of a link that leads nowhere yet, and so is what SQLite keeps beside it', () => {
    mkdirSync(join(directory, 'data'));
    symlinkSync(join('data', 'kms.sqlite'), join(directory, 'linked'));
    expect(realPathOf(join(directory, 'linked'))).toBe(join(directory, 'data', 'kms.sqlite'));

    writeFileSync(join(directory, 'data', 'kms.sqlite-wal'), 'what was not in the database yet');
    expect(besideDatabase(join(directory, 'linked'), '-wal')).toBe(join(directory, 'data', 'kms.sqlite-wal'));
    expect(databaseState(join(directory, 'linked'))).toBe('log alone');
  });

  it('is not told of what can be nowhere: below a file, or behind links that go in circles', () => {
    writeFileSync(join(directory, 'file'), '');
    expect(() => realPathOf(join(directory, 'file', 'kms.sqlite'))).toThrow('ENOTDIR');
    symlinkSync('round', join(directory, 'round'));
    expect(() => realPathOf(join(directory, 'round'))).toThrow('ELOOP');
  });
});
