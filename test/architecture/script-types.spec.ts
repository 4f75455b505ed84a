import { describe, expect, it } from '@jest/globals';
import { filesUnder, readProjectFile } from './project-files.js';

const SUPPRESSION = /@ts-(nocheck|ignore|expect-error)/;

const scripts = [...filesUnder('bench'), ...filesUnder('scripts')];

describe('the JavaScript of bench and scripts', () => {
  it('is checked by the compiler whole', () => {
    expect(scripts.length).toBeGreaterThan(60);
    expect(scripts.filter((path) => SUPPRESSION.test(readProjectFile(path)))).toEqual([]);
    expect(readProjectFile('tsconfig.scripts.json')).toContain('"include": ["bench", "scripts"]');
    expect(readProjectFile('package.json')).toContain('tsc --noEmit -p tsconfig.scripts.json');
  });

  it('imports what is built by the name that leads the compiler to its sources', () => {
    const imports = /from '\.\.\/(dist|src)\//;
    expect(scripts.filter((path) => imports.test(readProjectFile(path)))).toEqual([]);
  });
});
