import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encodeEntryId } from '../../../src/audit/entry-id.js';
import type { KeptCheckpoint } from '../../../src/audit/log/checkpoint-table.js';
import { EntryProofs } from '../../../src/audit/proofs/entry-proofs.js';
import { encodeCheckpoint } from '../../../src/audit/tlog/checkpoint.js';
import { signNoteText } from '../../../src/audit/tlog/note-signatures.js';
import { encodeNote } from '../../../src/audit/tlog/signed-note.js';
import { verifyTlogProof } from '../../../src/audit/tlog/verify-tlog-proof.js';
import { rootAt } from '../../../src/audit/tree/record-tree.js';
import { log, ORIGIN } from '../tlog/given-signers.js';
import { RecordWorld } from '../tree/record-world.js';

let world: RecordWorld;
let checkpoint: { newest: KeptCheckpoint | undefined };
beforeEach(async () => {
  world = await RecordWorld.open();
  checkpoint = { newest: undefined };
});
afterEach(() => world.close());

/** Signs the tree over the first so many entries. */
async function sign(size: number): Promise<void> {
  await world.sequencer.sequence();
  const text = encodeCheckpoint({
    origin: ORIGIN,
    size,
    root: await world.read((statements) => rootAt(size, statements)),
  });
  const note = encodeNote({ text, signatures: [signNoteText(text, log)] });
  checkpoint.newest = { origin: ORIGIN, size, atMilliseconds: 0, note };
}

const saltOf = (text: string): string => (JSON.parse(text) as { readonly salt: string }).salt;

const idOf = (texts: readonly string[], id: number): string => encodeEntryId({ id, salt: saltOf(texts[id - 1] ?? '') });

const proofOf = (id: string): Promise<string> => new EntryProofs(world.unitOfWork, checkpoint, 7).of(id);

const verify = (proof: string, text = ''): unknown => verifyTlogProof(proof, Buffer.from(text), { log: [log.key] });

/** That each of these entries is proven, and no other one by its proof. */
async function expectProven(ids: readonly number[], size: number): Promise<void> {
  const texts = await world.entries();
  for (const id of ids) {
    const proof = await proofOf(idOf(texts, id));
    expect(verify(proof, texts[id - 1])).toMatchObject({ holds: true, index: id - 1, checkpoint: { size } });
    expect(verify(proof, texts[id % texts.length])).toMatchObject({ holds: texts.length === 1 });
  }
}

describe('the proof of an entry', () => {
  it.each([1, 2, 3, 7, 8, 255, 256, 257, 600])('holds for all entries of a record of %d', async (size) => {
    await world.add(size);
    await sign(size);
    await expectProven(
      Array.from({ length: size }, (_, index) => index + 1),
      size,
    );
  });

  it('holds on both sides of a full tile of tiles, after a restart too', async () => {
    const size = 66_000;
    await world.add(size);
    await sign(size);
    const ids = [1, 2, 256, 257, 65_280, 65_535, 65_536, 65_537, 65_792, 65_793, size - 1, size];
    await expectProven(ids, size);
    await world.restart();
    await expectProven(ids, size);
  });

  it('is in the newest checkpoint, however many entries have come since', async () => {
    await world.add(300);
    await sign(300);
    await world.add(300);
    await world.sequencer.sequence();
    await expectProven([1, 256, 257, 300], 300);
    await sign(600);
    await expectProven([1, 256, 257, 300, 512, 600], 600);
  });

  it('is the same for 64 who ask at once', async () => {
    await world.add(500);
    await sign(500);
    const id = idOf(await world.entries(), 400);
    const proofs = await Promise.all(Array.from({ length: 64 }, () => proofOf(id)));
    expect(new Set(proofs).size).toBe(1);
  });

  it('does not hold for an entry that was changed since', async () => {
    await world.add(600);
    await sign(600);
    const id = idOf(await world.entries(), 100);
    await world.database.execute('DROP TRIGGER audit_entries_are_not_changed');
    await world.database.execute(
      `UPDATE audit_entries SET entry = json_set(entry, '$.code', 'SIGNING.FAILED') WHERE id = 100`,
    );
    const [text] = (await world.entries()).slice(99);
    expect(verify(await proofOf(id), text)).toMatchObject({ holds: false });
  });
});

describe('an entry that no checkpoint has', () => {
  it('is to be asked for again when the next one is made', async () => {
    await world.add(2);
    const id = idOf(await world.entries(), 2);
    const refused = { code: 'AUDIT.NO_CHECKPOINT_YET', retryAfterSeconds: 7 };
    await expect(proofOf(id)).rejects.toMatchObject(refused);
    await sign(1);
    await expect(proofOf(id)).rejects.toMatchObject(refused);
    await sign(2);
    await expectProven([1, 2], 2);
  });
});

describe('an id that is of no entry', () => {
  beforeEach(async () => {
    await world.add(3);
    await sign(2);
  });

  const salt = 'ab'.repeat(16);
  it.each([
    ['of a row with other random bytes', encodeEntryId({ id: 1, salt })],
    ['of a row that no checkpoint has, with other random bytes', encodeEntryId({ id: 3, salt })],
    ['of a row that is not there', encodeEntryId({ id: 4, salt })],
    ['of row 0', encodeEntryId({ id: 0, salt })],
    ['of row 0 and no random bytes', encodeEntryId({ id: 0, salt: '0'.repeat(32) })],
    ['of the largest row', encodeEntryId({ id: Number.MAX_SAFE_INTEGER, salt })],
    ['beyond the largest row', 'f'.repeat(32)],
    ['empty', ''],
    ['too short', 'A'.repeat(31)],
    ['too long', 'A'.repeat(33)],
    ['of other characters', '/'.repeat(32)],
    ['a number', '1'],
    ['SQL', `' OR 1=1 --`],
  ])('is unknown: %s', async (_, id) => {
    await expect(proofOf(id)).rejects.toMatchObject({ code: 'AUDIT.ENTRY_UNKNOWN', message: 'unknown entry' });
  });

  it('is unknown where the salt of another entry is shown', async () => {
    const texts = await world.entries();
    await expect(proofOf(encodeEntryId({ id: 1, salt: saltOf(texts[1] ?? '') }))).rejects.toMatchObject({
      code: 'AUDIT.ENTRY_UNKNOWN',
    });
  });
});
