import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createSecretFile, readSecretFile } from '../../src/config/secret-file.js';
import { refusal, temporaryDirectory } from './environment.js';

const make = (content: string) => (file: string) => {
  writeFileSync(file, content, { mode: 0o600 });
};

describe('a secret file of the operator', () => {
  it.each<[string, (file: string) => void, string]>([
    ['an empty file', make(''), 'is an empty file'],
    ['a directory', mkdirSync, 'is not a file'],
    ['64 KiB and a byte', make('x'.repeat(65_537)), 'is a file of more than 65536 bytes'],
  ])('is not %s', (_, put, said) => {
    const file = join(temporaryDirectory(), 'secret');
    put(file);
    expect(refusal(() => readSecretFile(file, 'A_FILE', 'operators'))).toBe(`A_FILE ${said}`);
  });
});

describe('a new secret file', () => {
  it('never replaces one that is there, and leaves no draft behind', () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'secret');
    expect(createSecretFile(file, 'first')).toBe(true);
    expect(createSecretFile(file, 'second')).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('first');
    expect(readdirSync(directory)).toEqual(['secret']);
  });

  it('does not follow or fill what another has put in its place', () => {
    const file = join(temporaryDirectory(), 'secret');
    writeFileSync(file, '');
    expect(createSecretFile(file, 'content')).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('tells of a directory that cannot hold it', () => {
    const line = refusal(() => createSecretFile('/nowhere/at/all/secret', 'content'));
    expect(line).toBe('DATA_DIR cannot hold a new secret (ENOENT)');
  });
});
