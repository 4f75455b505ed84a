import { describe, expect, it } from '@jest/globals';
import { filesUnder, readProjectFile } from './project-files.js';

const MOST_LINES = 200;
const MOST_FOLDERS_BELOW_SRC = 3;
const NAMELESS = /^(index|utils?|helpers?|common|misc|shared|manager|base)(\.|$)/i;

/** The environment by any of its names: `process.env`, `process['env']`, destructured, or imported. */
const READS_ENVIRONMENT = [
  /\bprocess\s*(\?\.|\.)\s*env\b/,
  /\bprocess\s*(\?\.)?\s*\[\s*['"`]env['"`]\s*\]/,
  /\{[^}]*\benv\b[^}]*\}\s*=\s*(globalThis\.)?process\b/,
  /import\s*\{[^}]*\benv\b[^}]*\}\s*from\s*['"](node:)?process['"]/,
];

const sources = filesUnder('src');
const clientSources = [...filesUnder('packages/client/src'), ...filesUnder('packages/console/src')].filter(
  (path) => !path.endsWith('/openapi.ts'),
);
const readsEnvironment = (text: string): boolean => READS_ENVIRONMENT.some((pattern) => pattern.test(text));

describe("the client's and the console's files", () => {
  it(`have at most ${MOST_LINES} lines each`, () => {
    expect(clientSources).toContain('packages/client/src/kms-client.ts');
    expect(clientSources.filter((path) => readProjectFile(path).split('\n').length - 1 > MOST_LINES)).toEqual([]);
  });

  it('have names that say what they are, but for the one door of the package', () => {
    const nameless = clientSources.filter((path) => path.split('/').some((part) => NAMELESS.test(part)));
    expect(nameless).toEqual(['packages/client/src/index.ts']);
  });

  it('read no environment', () => {
    expect(clientSources.filter((path) => readsEnvironment(readProjectFile(path)))).toEqual([]);
  });
});

describe('the files under src', () => {
  it('are there, so that the rules below have something to hold for', () => {
    expect(sources).toContain('src/main.ts');
  });

  it(`have at most ${MOST_LINES} lines each`, () => {
    expect(sources.filter((path) => readProjectFile(path).split('\n').length - 1 > MOST_LINES)).toEqual([]);
  });

  it('lie at most three folders below src', () => {
    expect(sources.filter((path) => path.split('/').length - 2 > MOST_FOLDERS_BELOW_SRC)).toEqual([]);
  });

  it('and their folders have names that say what they are: no index, utils, helpers, common', () => {
    expect(sources.filter((path) => path.split('/').some((part) => NAMELESS.test(part)))).toEqual([]);
  });

  it('read the environment in src/config and nowhere else', () => {
    const readers = sources.filter((path) => readsEnvironment(readProjectFile(path)));
    expect(readers.filter((path) => !path.startsWith('src/config/'))).toEqual([]);
    expect(readers).not.toEqual([]);
  });

  it.each([
    'process.env.SECRET',
    'process .env',
    "process['env']",
    'process?.env',
    'const { env } = process;',
    "import { env } from 'node:process';",
    "import { argv, env as environment } from 'process';",
  ])('would be caught reading the environment by %s', (text) => {
    expect(readsEnvironment(text)).toBe(true);
  });

  it.each(['environment.process', 'myProcess.environment', 'process.exit(1)'])(
    'are not accused of it by %s',
    (text) => {
      expect(readsEnvironment(text)).toBe(false);
    },
  );
});
