import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readProjectFile } from '../architecture/project-files.js';
import { readDocument } from './documents.js';

interface Row {
  readonly word: string;
  readonly fields: string;
  readonly where: string;
}

const rows: readonly Row[] = readDocument('docs/glossary.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Our word'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, word = '', fields = '', , where = '']) => ({ word, fields, where }));

/** The names in the last column, each with the text of the file that it leads to. */
function codeOf({ where }: Row): readonly { readonly name: string; readonly text: string }[] {
  return [...where.matchAll(/\[`(\w+)`\]\(([^)]+)\)/g)].map(([, name = '', path = '']) => ({
    name,
    text: readProjectFile(join('docs', path)),
  }));
}

/** As one line, without the marks of comments, in which a term may be broken. */
const asProse = (text: string): string => text.replaceAll(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' ').toLowerCase();

describe('docs/glossary.md', () => {
  it('has a place for every word', () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter(({ where }) => !/\]\([^)]+\)/.test(where))).toEqual([]);
  });

  it.each(rows)('leads to the code of $word', (row) => {
    const exportsOf = (name: string): RegExp => new RegExp(`^export .*\\b${name}\\b`, 'm');
    expect(codeOf(row).filter(({ name, text }) => !exportsOf(name).test(text))).toEqual([]);
  });

  it.each(rows.filter(({ fields }) => fields.includes('*')))("has the field's words beside $word", (row) => {
    const prose = codeOf(row).map(({ text }) => asProse(text));
    const terms = [...row.fields.matchAll(/\*([^*]+)\*/g)].map(([, term = '']) => term.toLowerCase());
    expect(terms.filter((term) => !prose.some((text) => text.includes(term)))).toEqual([]);
  });
});
