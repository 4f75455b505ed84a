import { describe, expect, it } from '@jest/globals';
import { allDocuments, proseOf, readDocument } from './documents.js';

/** As .editorconfig has it. */
const MOST_CHARACTERS = 120;

/** What `npm run bench` has written is pasted as it is. */
const PASTED = /<!-- The output of .*?<!-- end of the run -->/s;

/** Neither addresses nor rows of tables can be broken. */
const lengthOf = (line: string): number => line.replaceAll(/https:\S+/g, '').length;
const isRow = (line: string): boolean => line.trimStart().startsWith('|');

// The changelog is written by whoever makes the release, in one go.
const documents = allDocuments().filter((path) => path !== 'CHANGELOG.md');

describe('the documents', () => {
  it.each(documents)('%s has no line of prose that is longer than the editor shows', (path) => {
    const lines = proseOf(readDocument(path).replace(PASTED, '')).filter((line) => !isRow(line));
    expect(lines.filter((line) => lengthOf(line) > MOST_CHARACTERS)).toEqual([]);
  });
});
