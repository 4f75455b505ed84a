import { describe, expect, it } from '@jest/globals';
import { readProjectFile } from '../architecture/project-files.js';

/** Node's arguments for the server, as `npm start` has them. */
function declaredArguments(): string[] {
  const [, list = ''] =
    /SERVER_NODE_ARGUMENTS = \[(.*)\]/.exec(readProjectFile('scripts/server-node-arguments.mjs')) ?? [];
  return [...list.matchAll(/'([^']+)'/g)].map(([, argument = '']) => argument);
}

describe('Node’s arguments for the server', () => {
  it('are the same in a container and in the README as with npm start', () => {
    const all = declaredArguments();
    expect(all).not.toEqual([]);
    const inContainer = /^CMD (.*)$/m.exec(readProjectFile('Dockerfile'))?.[1] ?? '';
    expect(JSON.parse(inContainer)).toEqual(['node', ...all, 'dist/main.js']);
    expect(readProjectFile('README.md')).toContain(`\`node ${all.join(' ')} dist/main.js\``);
  });
});
