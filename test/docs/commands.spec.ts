import { describe, expect, it } from '@jest/globals';
import { readProjectFile } from '../architecture/project-files.js';
import { allDocuments, readDocument } from './documents.js';

const { scripts } = JSON.parse(readProjectFile('package.json')) as { scripts: Readonly<Record<string, string>> };

/** The words after `npm run`, also where options stand between; not those that stand for several (`migration:…`). */
function commandsIn(text: string): string[] {
  return [...text.matchAll(/npm run (?:-s )?([a-z0-9]+(?:[:-][a-z0-9]+)*)(?![:\w<…])/g)].map(([, name = '']) => name);
}

const documents = [...allDocuments(), '.github/pull_request_template.md', '.github/ISSUE_TEMPLATE/bug.yml'];

describe('the commands', () => {
  it('are found in the documents', () => {
    expect(documents.flatMap((path) => commandsIn(readDocument(path))).length).toBeGreaterThan(30);
  });

  it('take as long as performance.md says, in the README too', () => {
    const minutes = (path: string): string | undefined => /in about (\w+) minutes/.exec(readDocument(path))?.[1];
    expect(minutes('README.md')).toMatch(/^[a-z]+$/);
    expect(minutes('docs/performance.md')).toBe(minutes('README.md'));
  });

  it.each(documents)('that %s names are there', (path) => {
    expect(commandsIn(readDocument(path)).filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});
