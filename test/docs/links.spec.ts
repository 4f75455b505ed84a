import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PROJECT, allDocuments, headingsOf, proseOf, readDocument } from './documents.js';

interface Link {
  readonly from: string;
  readonly target: string;
}

const documents = allDocuments();

/** Links to other places in the project: with neither scheme nor host. */
function linksOf(from: string): Link[] {
  const text = proseOf(readDocument(from))
    .join('\n')
    .replaceAll(/`[^`]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => ({ from, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));
}

/** The anchor that GitHub makes of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function leadsSomewhere({ from, target }: Link): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(PROJECT, file))) return false;
  return anchor === undefined || headingsOf(readDocument(file)).map(anchorOf).includes(anchor);
}

/** Paths of the project that a document names in code marks, such as a folder of tests. */
function pathsNamedIn(from: string): string[] {
  const text = proseOf(readDocument(from)).join('\n');
  return [...text.matchAll(/`((?:src|test|docs|scripts)\/[\w./-]+)`/g)].map(([, path = '']) => path);
}

describe('the documents', () => {
  it('are found', () => {
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'ARCHITECTURE.md', 'docs/wire.md']));
  });

  it.each(documents)('%s has no link that leads nowhere', (document) => {
    expect(linksOf(document).filter((link) => !leadsSomewhere(link))).toEqual([]);
  });

  it.each(documents)('%s names no file or folder that is not there', (document) => {
    expect(pathsNamedIn(document).filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]);
  });

  it.each(documents)('%s names no source file that is not there, also where it leaves src/ out', (document) => {
    const text = proseOf(readDocument(document)).join('\n');
    const named = [...text.matchAll(/`([\w.-]+\/[\w./-]+\.ts)`/g)].map(([, path = '']) => path);
    const isThere = (path: string): boolean => ['', 'src'].some((base) => existsSync(join(PROJECT, base, path)));
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  it('are all linked from the README or a document that is', () => {
    const linked = new Set(
      documents.flatMap(linksOf).map(({ from, target }) => join(dirname(from), target.split('#')[0] ?? '')),
    );
    const isLinked = (document: string): boolean => linked.has(document) || linked.has(dirname(document));
    expect(documents.filter((document) => document !== 'README.md' && !isLinked(document))).toEqual([]);
  });
});
