import { describe, expect, it } from '@jest/globals';
import { filesUnder, readProjectFile } from './project-files.js';

const sources = filesUnder('src');
const knowsDialects = (path: string): boolean => /from '[^']*\/dialect\/[\w.-]+\.js'/.test(readProjectFile(path));
const insiders = sources.filter((path) => /^src\/(vault|auth)\//.test(path) && knowsDialects(path));

describe('the dialect of a request', () => {
  it('is known to http, wire, the controllers of vault and auth, and what puts the service together', () => {
    const rooms = sources.filter(knowsDialects).map((path) => path.split('/')[1]);
    expect([...new Set(rooms)].toSorted()).toEqual(['app.module.ts', 'auth', 'http', 'vault', 'wire']);
    expect(insiders.length).toBeGreaterThan(3);
  });

  it('is known to no use case, nor to anything else that can be injected', () => {
    const injectable = insiders.filter((path) => readProjectFile(path).includes('@Injectable()'));
    expect(injectable).toEqual([]);
  });

  it('is known to no domain or persistence', () => {
    expect(insiders.filter((path) => /\/(domain|persistence)\//.test(path))).toEqual([]);
  });
});
