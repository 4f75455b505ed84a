import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path of the project's folder. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export function readDocument(path: string): string {
  return readFileSync(join(PROJECT, path), 'utf8');
}

/** The paths of the project's Markdown files: those at its top, everything in docs, and the README of each package. */
export function allDocuments(): string[] {
  const inDocs = readdirSync(join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' });
  const inPackages = readdirSync(join(PROJECT, 'packages')).map((name) => join('packages', name, 'README.md'));
  return [...readdirSync(PROJECT), ...inDocs.map((name) => join('docs', name)), ...inPackages].filter((name) =>
    name.endsWith('.md'),
  );
}

/** The lines of a document that are not in a code block. */
export function proseOf(document: string): string[] {
  let isCode = false;
  return document.split('\n').filter((line) => {
    const isFence = line.trimStart().startsWith('```');
    if (isFence) isCode = !isCode;
    return !isFence && !isCode;
  });
}

/** The texts of the headings. */
export function headingsOf(document: string): string[] {
  return proseOf(document).flatMap((line) => /^#+ (.+)$/.exec(line)?.[1] ?? []);
}
