import { describe, expect, it } from '@jest/globals';
import { readProjectFile } from '../architecture/project-files.js';

/** The arguments of one list in the file that `npm start` takes them from. */
function listed(name: 'ALWAYS' | 'WHERE_KNOWN'): string[] {
  const file = readProjectFile('scripts/server-node-arguments.mjs');
  const [, list = ''] = new RegExp(`const ${name} = \\[(.*)\\]`).exec(file) ?? [];
  return [...list.matchAll(/'([^']+)'/g)].map(([, argument = '']) => argument);
}

describe('Node’s arguments for the server', () => {
  it('are the same in a container and in the README as with npm start', () => {
    const [always, whereKnown] = [listed('ALWAYS'), listed('WHERE_KNOWN')];
    expect(always).not.toEqual([]);
    const dockerfile = readProjectFile('Dockerfile');
    // The image's Node knows them all.
    expect(dockerfile).toMatch(/NODE_IMAGE=node:24/);
    const inContainer = /^CMD (.*)$/m.exec(dockerfile)?.[1] ?? '';
    expect(JSON.parse(inContainer)).toEqual(['node', ...always, ...whereKnown, 'dist/main.js']);
    expect(readProjectFile('README.md')).toContain(`\`node ${always.join(' ')} dist/main.js\``);
    for (const argument of whereKnown) expect(readProjectFile('README.md')).toContain(`\`${argument}\``);
  });
});
