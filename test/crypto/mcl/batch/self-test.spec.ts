import { describe, expect, it } from '@jest/globals';

import { BatchCoSigner } from '../../../../src/crypto/mcl/batch/batch-co-signer.js';
import { LINE_COUNT } from '../../../../src/crypto/mcl/batch/line-order.js';
import type { MclRawParts } from '../../../../src/crypto/mcl/batch/mcl-raw-parts.js';
import { loadMclModule } from '../../../../src/crypto/mcl/mcl-module.js';
import type { MclModule, Pointer } from '../../../../src/crypto/mcl/mcl-module.js';

const RAW_LINE_BYTES = 288;

/** The module with one part replaced. */
function withPart(mod: MclModule, name: keyof MclRawParts, part: unknown): MclModule {
  return Object.create(mod, { [name]: { value: part } }) as MclModule;
}

/** The module with a table of lines that `change` has been at. */
function withChangedLines(mod: MclModule, change: (table: Pointer) => void): MclModule {
  return withPart(mod, '_mclBn_precomputeG2', (table: Pointer, point: Pointer) => {
    mod._mclBn_precomputeG2(table, point);
    change(table);
  });
}

describe('the self-test of a batch co-signer', () => {
  it('passes on the pinned mcl-wasm, seen through the same wrapper as below', async () => {
    const mod = await loadMclModule();
    expect(() => new BatchCoSigner(withChangedLines(mod, () => undefined))).not.toThrow();
  });

  it('bites when any line of the table is another', async () => {
    const mod = await loadMclModule();
    for (let line = 0; line < LINE_COUNT; line++) {
      const coefficient = line % 3;
      const changed = withChangedLines(mod, (table) => {
        const position = table + line * RAW_LINE_BYTES + coefficient * 96;
        mod.HEAP8[position] = (mod.HEAP8[position] ?? 0) ^ 1;
      });
      expect(() => new BatchCoSigner(changed, { batchMax: 1 })).toThrow('differs from mcl-wasm’s own');
    }
  });

  it('bites when two lines change places', async () => {
    const mod = await loadMclModule();
    const swapped = withChangedLines(mod, (table) => {
      const [tangent, chord] = [table, table + RAW_LINE_BYTES].map((at) => mod.HEAP8.slice(at, at + RAW_LINE_BYTES));
      if (tangent === undefined || chord === undefined) throw new Error('no lines');
      mod.HEAP8.set(chord, table);
      mod.HEAP8.set(tangent, table + RAW_LINE_BYTES);
    });
    expect(() => new BatchCoSigner(swapped)).toThrow('differs from mcl-wasm’s own');
  });

  it('bites when the table has another size', async () => {
    const mod = withPart(await loadMclModule(), '_mclBn_getUint64NumToPrecompute', () => 2556);
    expect(() => new BatchCoSigner(mod)).toThrow('another table of lines');
  });

  it('bites when everything verifies', async () => {
    const mod = withPart(await loadMclModule(), '_mclBnGT_isOne', () => 1);
    expect(() => new BatchCoSigner(mod)).toThrow();
  });

  it('bites when mcl multiplies by another scalar', async () => {
    const real = await loadMclModule();
    const mod = withPart(real, '_mclBnG1_mulCT', (product: Pointer, point: Pointer) => {
      real._mclBnG1_add(product, point, point);
    });
    expect(() => new BatchCoSigner(mod)).toThrow('a published signature does not come out right');
  });

  it('bites when a part is missing', async () => {
    const mod = withPart(await loadMclModule(), '_mclBnG1_mulVec', undefined);
    expect(() => new BatchCoSigner(mod)).toThrow('_mclBnG1_mulVec');
  });
});
