import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { leafHash } from '../../../src/audit/tlog/hashes.js';
import { planConsistency, planInclusion, planRoot } from '../../../src/audit/tlog/proof-plan.js';
import { verifyConsistency, verifyInclusion } from '../../../src/audit/tlog/verify-proof.js';
import { proofFrom } from '../../../src/audit/tree/record-tree.js';
import { RecordWorld, rootOf } from './record-world.js';

const SIZES = [1, 2, 255, 256, 257, 700, 1000] as const;

let world: RecordWorld;
let entries: string[];
beforeEach(async () => {
  world = await RecordWorld.open();
  await world.add(Math.max(...SIZES));
  await world.sequencer.sequence();
  entries = await world.entries();
});
afterEach(() => world.close());

const rootAt = (size: number): Buffer => Buffer.from(rootOf(entries.slice(0, size)), 'hex');

describe('from what is kept of the tree', () => {
  it('comes the root of every size that it has had', async () => {
    for (const size of SIZES) {
      const [root] = await world.read((statements) => proofFrom(planRoot(size), statements));
      expect(root).toEqual(rootAt(size));
    }
  });

  it('comes the proof that an entry is in it', async () => {
    for (const size of SIZES) {
      for (const index of new Set([0, 1, 254, 255, 256, 511, size - 1])) {
        if (index >= size) continue;
        const proof = await world.read((statements) => proofFrom(planInclusion(index, size), statements));
        const leaf = leafHash(Buffer.from(entries[index] ?? ''));
        expect(verifyInclusion({ leaf, index, size, root: rootAt(size) }, proof)).toBe(true);
      }
    }
  });

  it('comes the proof that a tree begins with an earlier one', async () => {
    for (const newSize of SIZES) {
      for (const oldSize of SIZES.filter((size) => size <= newSize)) {
        const proof = await world.read((statements) => proofFrom(planConsistency(oldSize, newSize), statements));
        const claim = { oldSize, oldRoot: rootAt(oldSize), newSize, newRoot: rootAt(newSize) };
        expect(verifyConsistency(claim, proof)).toBe(true);
      }
    }
  });

  it('comes none of entries that there are not', async () => {
    const beyond = world.read((statements) => proofFrom(planRoot(2000), statements));
    await expect(beyond).rejects.toThrow("the record's tree has lost hashes");
  });
});
