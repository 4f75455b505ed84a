import { afterAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { migrations } from '../../src/database/migrations/all-migrations.js';
import { DatabaseLock } from '../../src/database/database-lock.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom, walletsOf } from '../start/served-directory.js';
import { kmsHere } from './kms-here.js';

afterAll(removeDataDirectories);

/** The settings of an installation whose service has never run. */
async function made(): Promise<NodeJS.ProcessEnv> {
  const environment = servedFrom(newDataDirectory());
  expect(await kmsHere(['init', '--json'], environment)).toMatchObject({ code: 0 });
  return environment;
}

describe('kms migrate', () => {
  it('shows what was run, and has nothing to run behind kms init', async () => {
    const environment = await made();
    const { out } = await kmsHere(['migrate', '--show'], environment);
    expect(out.trimEnd().split('\n')).toEqual(migrations.map(({ name }, index) => `[X] ${index + 1} ${name}`));
    expect(await kmsHere(['migrate'], environment)).toMatchObject({
      code: 0,
      out: 'the tables are of this release already\n',
    });
  });

  it('takes one back that can be, and says of one that cannot; a start runs it again', async () => {
    const environment = await made();
    const file = join(environment['DATA_DIR'] ?? '', 'kms.sqlite');
    const before = await kmsHere(['migrate', '--show', '--json'], environment);
    let reverted = 0;
    for (;;) {
      const { code, out, error } = await kmsHere(['migrate', '--revert'], environment);
      if (code === 0) {
        expect(out).toMatch(/^took \w+ back\n$/);
        reverted += 1;
        continue;
      }
      expect([code, out]).toEqual([2, '']);
      expect(error).toMatch(/^cannot migrate: \w+ cannot be taken back: [^\n]+\n$/);
      break;
    }
    const connection = new BetterSqlite3(file, { readonly: true });
    const count = connection.prepare<[], number>('SELECT count(*) FROM migrations').pluck().get() ?? 0;
    connection.close();
    expect(count).toBe(migrations.length - reverted);
    const ran = await kmsHere(['migrate', '--json'], environment);
    expect((JSON.parse(ran.out) as { ran: string[] }).ran).toHaveLength(reverted);
    expect(await kmsHere(['migrate', '--show', '--json'], environment)).toEqual(before);
    expect(await walletsOf(environment as Record<string, string>)).toEqual([]);
  });

  it('makes no database, and stands back while the service runs', async () => {
    const nowhere = servedFrom(newDataDirectory());
    expect(await kmsHere(['migrate'], nowhere)).toMatchObject({
      code: 2,
      error: expect.stringMatching(/^cannot migrate: there is no database /),
    });
    const environment = await made();
    const lock = DatabaseLock.acquire(join(environment['DATA_DIR'] ?? '', 'kms.sqlite'));
    expect(await kmsHere(['migrate', '--revert'], environment)).toMatchObject({
      code: 2,
      error: expect.stringMatching(/^cannot migrate: DATABASE is in use by another process/),
    });
    lock.release();
  });
});
