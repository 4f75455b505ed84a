import { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Cosigning } from '../../../src/audit/cosigning/cosigning.js';
import { Checkpoints } from '../../../src/audit/log/checkpoints.js';
import { parseCheckpoint } from '../../../src/audit/tlog/checkpoint.js';
import { parseNote } from '../../../src/audit/tlog/signed-note.js';
import { Sequencer } from '../../../src/audit/tree/sequencer.js';
import { dataSourceOptions } from '../../../src/database/data-source.js';
import { SqliteUnitOfWork } from '../../../src/database/sqlite-unit-of-work.js';
import { ENTITIES } from '../../database/migrated-database.js';
import { sealerOf } from '../../crypto/sealing/sealing-fixtures.js';
import { TestClock } from '../../support/test-clock.js';
import { RecordWorld, rootOf } from '../tree/record-world.js';

const SETTINGS = { configured: undefined, otherwise: 'kms.example/audit', everySeconds: 3600, file: undefined };

let world: RecordWorld;
let opened: DataSource[];
beforeEach(async () => {
  world = await RecordWorld.open();
  opened = [];
});
afterEach(async () => {
  for (const dataSource of opened) await dataSource.destroy();
  await world.close();
});

/** One more that signs for the log of this database, on a connection of its own, as another process would. */
async function another(): Promise<Checkpoints> {
  const dataSource = await new DataSource(dataSourceOptions(world.database.file, ENTITIES)).initialize();
  opened.push(dataSource);
  const unitOfWork = new SqliteUnitOfWork(dataSource);
  const silent = { log: () => undefined, error: () => undefined };
  const sealer = sealerOf('audit');
  const sequencer = new Sequencer(unitOfWork, silent);
  const witnesses = { witnesses: [], quorum: 0, areRequired: false, proxy: undefined, noProxy: '', everySeconds: 10 };
  const nobody = new Cosigning(witnesses, unitOfWork, new TestClock(), silent);
  const checkpoints = new Checkpoints(SETTINGS, sealer, sequencer, nobody, unitOfWork, new TestClock(), silent);
  await checkpoints.onApplicationBootstrap();
  return checkpoints;
}

it('never sign two roots for one size, and each knows what the other has said', async () => {
  const signers = [await another(), await another()];
  for (let round = 0; round < 30; round += 1) {
    await Promise.all([
      world.add(1 + (round % 40)),
      ...signers.map((signer) => signer.make()),
      world.add(20),
      ...signers.map((signer) => signer.make()),
    ]);
  }
  await Promise.all(signers.map((signer) => signer.make()));

  const entries = await world.entries();
  const rows = await world.database.dataSource.query<{ size: number; note: string }[]>(
    'SELECT size, note FROM audit_checkpoints ORDER BY size',
  );
  expect(rows.length).toBeGreaterThan(10);
  for (const { size, note } of rows) {
    const checkpoint = parseCheckpoint(parseNote(note, 'note').text, 'checkpoint');
    expect([checkpoint.size, checkpoint.root.toString('hex')]).toEqual([size, rootOf(entries.slice(0, size))]);
  }
  expect(rows.at(-1)?.size).toBe(entries.length);
  for (const signer of signers) {
    expect(signer.newest?.note).toBe(rows.at(-1)?.note);
    await signer.onModuleDestroy();
  }
});
