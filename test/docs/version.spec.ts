import { describe, expect, it } from '@jest/globals';
import { filesUnder, readProjectFile } from '../architecture/project-files.js';

const { version } = JSON.parse(readProjectFile('package.json')) as { readonly version: string };

describe('the version in package.json', () => {
  it('is that of the client', () => {
    expect(JSON.parse(readProjectFile('packages/client/package.json'))).toMatchObject({ version });
  });

  it('is that of the lock file', () => {
    const lock = JSON.parse(readProjectFile('package-lock.json')) as {
      readonly version: string;
      readonly packages: Readonly<Record<string, { readonly version: string }>>;
    };
    expect([lock.version, lock.packages['']?.version]).toEqual([version, version]);
  });

  it.each([
    ['README.md', /^> Version ([\d.]+\d)\./m],
    ['CHANGELOG.md', /^## (?:Unreleased: )?(\d+\.\d+\.\d+)/m],
    ['docs/threat-model.md', /release (\d+\.\d+\.\d+)/],
  ])('is what %s says', (path, said) => {
    expect(said.exec(readProjectFile(path))?.[1]).toBe(version);
  });

  it('is written into no file of src', () => {
    const quoted = `'${version}'`;
    expect(filesUnder('src').filter((path) => readProjectFile(path).includes(quoted))).toEqual([]);
  });
});
