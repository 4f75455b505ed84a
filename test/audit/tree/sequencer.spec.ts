import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordWorld, rootOf } from './record-world.js';

let world: RecordWorld;
beforeEach(async () => {
  world = await RecordWorld.open();
});
afterEach(() => world.close());

/** SQLite's own error; where another spec has loaded the driver, it is of a class that Jest does not know for an error. */
const SPOILED = { code: 'SQLITE_CONSTRAINT_TRIGGER', message: 'spoiled' };

/** The tree as it is, and what it should be. */
async function roots(): Promise<[string | undefined, string]> {
  return [world.sequencer.root?.toString('hex'), rootOf(await world.entries())];
}

async function sequenced(): Promise<void> {
  await world.sequencer.sequence();
  const [root, expected] = await roots();
  expect(root).toBe(expected);
}

describe('the tree of the record', () => {
  it('is that of RFC 6962 over the texts of the entries, however it came to its size', async () => {
    await sequenced();
    for (const more of [1, 1, 1, 252, 1, 1, 255, 1, 500]) {
      await world.add(more);
      await sequenced();
    }
    expect(world.sequencer.size).toBe(1013);
  });

  it.each([0, 1, 255, 256, 257, 511, 512, 600])('goes on after a restart behind %d entries', async (size) => {
    await world.add(size);
    await sequenced();
    expect(await world.kept()).toBe(size - (size % 256));
    await world.restart();
    expect(world.sequencer.size).toBe(size - (size % 256));
    await world.add(3);
    await sequenced();
    expect(world.sequencer.size).toBe(size + 3);
  });

  it('takes in what was committed before a process ended that had not done it', async () => {
    await world.add(700);
    await world.restart();
    await sequenced();
    expect(world.sequencer.size).toBe(700);
    expect(await world.kept()).toBe(512);
  });

  it('keeps tiles of three levels, and grows from them', async () => {
    await world.add(65_536 + 300);
    await sequenced();
    expect(await world.kept()).toBe(65_536 + 256);
    await world.restart();
    await sequenced();
    await world.add(256);
    await sequenced();
    await world.restart();
    await sequenced();
    expect(world.sequencer.size).toBe(65_536 + 556);
  });

  it('takes in entries while others are written, each once', async () => {
    const writing = Array.from({ length: 40 }, async (_, turn) => {
      await world.add(10 + turn);
      await world.sequencer.sequence();
    });
    await Promise.all(writing);
    await sequenced();
    expect(world.sequencer.size).toBe(40 * 10 + (39 * 40) / 2);
  });

  it('has taken in what was there when it was asked for, although it was being done', async () => {
    await world.add(1000);
    const first = world.sequencer.sequence();
    await world.add(1);
    await Promise.all([first, world.sequencer.sequence(), world.sequencer.sequence()]);
    expect(world.sequencer.size).toBe(1001);
  });

  it('is made by one at a time, also where somebody asks again as soon as they are answered', async () => {
    await world.database.execute(
      `CREATE TRIGGER spoiled BEFORE INSERT ON audit_tiles BEGIN SELECT RAISE(ABORT, 'spoiled'); END`,
    );
    await world.add(300);
    const first = world.sequencer.sequence();
    const second = world.sequencer.sequence();
    // In the very moment in which the first has failed.
    const third = first.catch(() => world.sequencer.sequence());
    // Two at once would share the tiles, and one of them would have nothing to keep.
    const outcomes = await Promise.allSettled([second, third]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await world.database.execute('DROP TRIGGER spoiled');
    await sequenced();
  });

  it('is kept later when it cannot be kept now, and the record is not blamed', async () => {
    await world.database.execute(
      `CREATE TRIGGER spoiled BEFORE INSERT ON audit_tiles BEGIN SELECT RAISE(ABORT, 'spoiled'); END`,
    );
    await world.add(300);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(world.sequencer.sequence()).rejects.toMatchObject(SPOILED);
    }
    expect(world.sequencer.objection()).toBeUndefined();
    expect(world.told).toHaveLength(1);
    await world.add(300);
    await expect(world.sequencer.sequence()).rejects.toMatchObject(SPOILED);
    await world.database.execute('DROP TRIGGER spoiled');
    await sequenced();
    await world.restart();
    await sequenced();
    expect(await world.kept()).toBe(512);
  });
});

describe('a record that is not whole', () => {
  const lose = async (sql: string): Promise<void> => {
    await world.database.execute('DROP TRIGGER audit_entries_are_not_deleted');
    await world.database.execute(sql);
  };

  it('is objected to, and nothing behind the gap is taken in', async () => {
    await world.add(5);
    await lose('DELETE FROM audit_entries WHERE id = 4');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(world.sequencer.sequence()).rejects.toThrow('the record has lost entry 4');
    }
    expect(world.sequencer.size).toBe(3);
    expect(world.sequencer.objection()).toBe('the record has lost entry 4');
    expect(world.told).toEqual([expect.stringContaining('the record has lost entry 4')]);
  });

  it('is noticed when the last entries are gone and others come', async () => {
    await world.add(5);
    await sequenced();
    await lose('DELETE FROM audit_entries WHERE id > 3');
    await world.restart();
    await world.add(1);
    await expect(world.sequencer.sequence()).rejects.toThrow('the record has lost entry 4');
  });

  it.each([
    ['a full tile of leaves', 'DELETE FROM audit_tiles WHERE level = 0 AND number = 0', 'a tile of level 0'],
    ['the last tile of leaves', 'DELETE FROM audit_tiles WHERE level = 0 AND number = 2', 'a tile of level 1'],
    ['a tile above', 'DELETE FROM audit_tiles WHERE level = 1', 'a tile of level 1'],
    ['a hash above', 'UPDATE audit_tiles SET hashes = substr(hashes, 1, 64) WHERE level = 1', 'a tile of level 1'],
  ])('is refused at the start when %s is gone', async (_what, sql, said) => {
    await world.add(800);
    await sequenced();
    await world.database.execute('DROP TRIGGER audit_tiles_are_not_deleted');
    await world.database.execute('DROP TRIGGER audit_tiles_only_grow');
    await world.database.execute(sql);
    await expect(world.restart()).rejects.toThrow(new RegExp(`${said}.*restore a copy`));
  });
});

describe('the tiles', () => {
  it.each([
    'UPDATE audit_tiles SET hashes = zeroblob(8192) WHERE level = 0',
    'UPDATE audit_tiles SET hashes = substr(hashes, 1, 32) WHERE level = 1',
    'UPDATE audit_tiles SET number = number + 7',
    'DELETE FROM audit_tiles WHERE level = 1',
    'REPLACE INTO audit_tiles (level, number, hashes) VALUES (0, 0, zeroblob(8192))',
    'INSERT INTO audit_tiles (level, number, hashes) VALUES (0, 9, zeroblob(32))',
    'INSERT INTO audit_tiles (level, number, hashes) VALUES (1, 9, zeroblob(33))',
    'INSERT INTO audit_tiles (level, number, hashes) VALUES (1, 9, zeroblob(8224))',
  ])('refuse %s', async (sql) => {
    await world.add(600);
    await sequenced();
    await expect(world.database.execute(sql)).rejects.toThrow();
    await world.restart();
    await sequenced();
  });
});
