import { describe, expect, it } from '@jest/globals';
import { filesUnder, readProjectFile } from './project-files.js';

const features = [...filesUnder('src/vault'), ...filesUnder('src/auth')];
const saying = (pattern: RegExp): string[] => features.filter((path) => pattern.test(readProjectFile(path)));

/** What the import law cannot see of how ZVault and ZAuth write: it knows which files they import, not what they call. */
describe('in src/vault and src/auth', () => {
  it('only the signing journal, counts of what is recorded, and the removal of kept answers, write through a unit of work; others read', () => {
    const writing = [
      'src/vault/persistence/kept-answer.repository.ts',
      'src/auth/persistence/counts/count-slices.ts',
      'src/auth/persistence/sqlite-signing-journal.ts',
    ];
    expect(saying(/\bunitOfWork\s*\.\s*write/)).toEqual(writing);
    // By no other name.
    expect(saying(/UnitOfWork\b/).length).toBeGreaterThan(1);
    expect(saying(/UnitOfWork\b/)).toEqual(saying(/\bunitOfWork: SqliteUnitOfWork\b/));
  });

  it('no table is reached but through a transaction', () => {
    expect(saying(/\b(DataSource|InjectRepository|InjectDataSource|InjectEntityManager)\b/)).toEqual([]);
  });
});
