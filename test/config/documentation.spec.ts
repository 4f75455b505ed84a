import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Setting } from '../../src/config/setting.js';
import { SETTINGS } from '../../src/config/settings.js';
import { refusal } from './environment.js';

const documentation = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const settings: [string, Setting<unknown>][] = Object.entries(SETTINGS);

/** The cells of a table row, without the marks for code. */
function cells(line: string): string[] {
  return line
    .replaceAll('`', '')
    .split('|')
    .map((cell) => cell.trim())
    .slice(1, -1);
}

describe('docs/configuration.md', () => {
  const rows = documentation.split('\n').filter((line) => /^\| `[A-Z0-9_]+` \|/.test(line) && cells(line).length === 5);

  it('lists every setting and no other, in the same order', () => {
    expect(rows.map((row) => cells(row)[0])).toEqual(Object.keys(SETTINGS));
  });

  it.each(settings)('tells unit, default, example and meaning of %s', (name, described) => {
    const { unit, default: fallback, example, summary } = described;
    const row = rows.find((line) => cells(line)[0] === name) ?? '';
    expect(cells(row)).toEqual(cells(`| ${name} | ${unit} | ${fallback} | ${example} | ${summary} |`));
  });
});

describe('the examples', () => {
  // The shortened key is the one example that cannot be used as it stands.
  it.each(settings.filter(([name]) => name !== 'JWT_PUBLIC_KEY'))('of %s can be used', (name, { parse, example }) => {
    expect(parse(example, name)).toBeDefined();
  });

  it('of JWT_PUBLIC_KEY is refused for being shortened, not for its form', () => {
    const { parse, example } = SETTINGS.JWT_PUBLIC_KEY;
    expect(refusal(() => parse(example, 'JWT_PUBLIC_KEY'))).toContain('a public key that is damaged');
  });
});
