import { describe, expect, it } from '@jest/globals';
import { managerOf, statementsOf } from '../../src/database/open-transaction.js';
import { SqliteUnitOfWork } from '../../src/database/sqlite-unit-of-work.js';
import { Transaction } from '../../src/database/transaction.js';
import { migratedDatabase } from './migrated-database.js';

class OfAnotherEngine extends Transaction {
  protected readonly engine = 'another';
}

describe('a transaction', () => {
  it('is looked into by repositories', async () => {
    const database = await migratedDatabase();
    const unitOfWork = new SqliteUnitOfWork(database.dataSource);
    const seen = await unitOfWork.write((transaction) =>
      Promise.resolve([managerOf(transaction), statementsOf(transaction).first('SELECT 1 AS one')]),
    );
    expect(seen).toEqual([database.dataSource.manager, { one: 1 }]);
    await database.close();
  });

  it('of another engine is refused, and not taken for ours', () => {
    expect(() => managerOf(new OfAnotherEngine())).toThrow('a transaction of another engine');
    expect(() => statementsOf(new OfAnotherEngine())).toThrow('a transaction of another engine');
  });
});
