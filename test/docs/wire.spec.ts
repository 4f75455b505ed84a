import { describe, expect, it } from '@jest/globals';
import { CONTRACTS } from '../../src/chain/contracts.js';
import { restrictionsCatalogue } from '../../src/restrictions/catalogue.js';
import { filesUnder } from '../architecture/project-files.js';
import { declaredCalls } from './declared-calls.js';
import { headingsOf, readDocument } from './documents.js';

const document = readDocument('docs/wire.md');
const sections = headingsOf(document).flatMap((heading) => /^\d+(?:\.\d+)?/.exec(heading)?.[0] ?? []);

interface Citation {
  readonly from: string;
  readonly section: string;
}

/** `wire.md section 2.1`, also across the line break of a comment, and `wire.md sections 4 and 5`. */
function citationsIn(from: string): Citation[] {
  const text = readDocument(from).replaceAll(/\s*\n\s*(?:\*|\/\/)\s*/g, ' ');
  return [...text.matchAll(/wire\.md sections? (\d+(?:\.\d+)?)(?: and (\d+(?:\.\d+)?))?/g)].flatMap(
    ([, one = '', other]) => [one, ...(other === undefined ? [] : [other])].map((section) => ({ from, section })),
  );
}

/** The first two cells of each row of the document's tables, without marks. */
const rows = new Map(
  document
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .replaceAll('`', '')
        .split('|')
        .map((cell) => cell.trim()),
    )
    .map(([, name = '', rest = '']) => [name, rest]),
);

describe('docs/wire.md', () => {
  it('has the nine sections', () => {
    expect(sections.filter((section) => !section.includes('.'))).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  it('has every section that the code cites', () => {
    const citations = [...filesUnder('src'), ...filesUnder('test')]
      .filter((path) => path.endsWith('.ts') && path !== 'test/docs/wire.spec.ts')
      .flatMap(citationsIn);
    expect(citations.length).toBeGreaterThan(20);
    expect(citations.filter(({ section }) => !sections.includes(section))).toEqual([]);
  });

  it.each(restrictionsCatalogue())('lists the functions of $group', ({ group, functions }) => {
    const contracts = [...new Set(functions.map(({ contract }) => contract))];
    const lists = contracts.map((contract) => {
      const names = functions.filter((called) => called.contract === contract).map(({ name }) => name);
      return `${contract}: ${names.join(', ')}`;
    });
    expect(rows.get(group)).toBe(lists.length === 0 ? '–' : lists.join('; '));
  });

  it.each(Object.entries(CONTRACTS))('gives the address of %s', (name, { address }) => {
    expect(rows.get(name)).toBe(address);
  });

  it('lists every call that the service declares, and no other', async () => {
    const calls = (await declaredCalls()).filter(({ tags }) => !tags.includes('Operation'));
    const declared = calls.map(({ name }) => name.replace(/ \/(zvault|zauth)\//, ' /'));
    const listed = [...rows.keys()].filter((name) => /^(GET|POST|PUT) \//.test(name));
    expect(listed.toSorted()).toEqual([...new Set(declared)].toSorted());
  });
});
