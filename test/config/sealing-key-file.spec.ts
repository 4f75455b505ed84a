import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { loadLocalSecrets, type LocalSecrets } from '../../src/config/local-secrets.js';
import { refusal, temporaryDirectory } from './environment.js';

const KEY_HEX = '3b1f8e0c9a7d6254f0e1d2c3b4a5968778695a4b3c2d1e0f1122334455667788';

const hex = (secrets: LocalSecrets): string => Buffer.from(secrets.sealingKey?.expose() ?? []).toString('hex');

describe('SEALING_KEY_FILE', () => {
  function written(content: string | Uint8Array, mode = 0o600): string {
    const file = join(temporaryDirectory(), 'key');
    writeFileSync(file, content);
    chmodSync(file, mode);
    return file;
  }
  const startWith = (file: string): LocalSecrets =>
    loadLocalSecrets(
      loadConfiguration({ DATA_DIR: temporaryDirectory(), DATABASE: ':memory:', SEALING_KEY_FILE: file }),
    );

  it.each([
    ['64 digits', KEY_HEX],
    ['64 digits and a line end', `${KEY_HEX}\n`],
    ['64 digits and a Windows line end', `${KEY_HEX}\r\n`],
    ['capital digits', KEY_HEX.toUpperCase()],
    ['32 raw bytes', Buffer.from(KEY_HEX, 'hex')],
  ])('may hold %s', (_, content) => {
    const secrets = startWith(written(content));
    expect(hex(secrets)).toBe(KEY_HEX);
    expect(secrets.generated.map((file) => file.split('/').at(-1))).toEqual(['jwt-secret']);
  });

  it.each([
    ['31 bytes', Buffer.from(KEY_HEX, 'hex').subarray(1)],
    ['33 bytes', Buffer.from(`${KEY_HEX}aa`, 'hex')],
    ['63 digits', KEY_HEX.slice(1)],
    ['two line ends', `${KEY_HEX}\n\n`],
    ['a space before', ` ${KEY_HEX}`],
    ['base64', Buffer.from(KEY_HEX, 'hex').toString('base64')],
    ['nothing', ''],
    ['zeros', '00'.repeat(32)],
    ['one byte repeated', new Uint8Array(32).fill(0xa5)],
    ['eight bytes repeated', KEY_HEX.slice(0, 16).repeat(4)],
    ['counting bytes', Uint8Array.from({ length: 32 }, (_, index) => index)],
    ['bytes counting down', Uint8Array.from({ length: 32 }, (_, index) => 255 - index)],
    ['text of 32 characters', 'my-very-secret-sealing-key-12345'],
    ['a key of 16 bytes in digits', KEY_HEX.slice(0, 32)],
  ])('may not hold %s', (_, content) => {
    const line = refusal(() => startWith(written(content)));
    expect(line).toMatch(/^SEALING_KEY_FILE /);
    expect(line).not.toContain(Buffer.from(content).toString('latin1').slice(0, 8) || 'nothing');
  });

  it('may be readable by its group, as mounted secrets are, but not by others, nor writable', () => {
    expect(hex(startWith(written(KEY_HEX, 0o440)))).toBe(KEY_HEX);
    for (const mode of [0o444, 0o660, 0o602, 0o644]) {
      expect(refusal(() => startWith(written(KEY_HEX, mode)))).toMatch(/^SEALING_KEY_FILE is open to other users/);
    }
  });

  it('may be a link, as mounted secrets are', () => {
    const link = join(temporaryDirectory(), 'link');
    symlinkSync(written(KEY_HEX), link);
    expect(hex(startWith(link))).toBe(KEY_HEX);
  });

  it('is never written: a path without a file is an error, and a key pasted in its place is not repeated', () => {
    const file = join(temporaryDirectory(), 'missing');
    expect(refusal(() => startWith(file))).toBe('SEALING_KEY_FILE names a file that does not exist');
    expect(existsSync(file)).toBe(false);
    for (const pasted of [KEY_HEX, `${KEY_HEX}/`, KEY_HEX.repeat(8)]) {
      expect(refusal(() => startWith(pasted))).not.toContain(KEY_HEX);
    }
  });

  it('is a file, not a directory', () => {
    const directory = join(temporaryDirectory(), 'directory');
    mkdirSync(directory);
    expect(refusal(() => startWith(directory))).toMatch(/^SEALING_KEY_FILE is not a file/);
  });
});
