import { describe, expect, it } from '@jest/globals';

import { BatchCoSigner } from '../../../../src/crypto/mcl/batch/batch-co-signer.js';
import { MCL_SIZES, loadMclModule } from '../../../../src/crypto/mcl/mcl-module.js';
import type { MclModule } from '../../../../src/crypto/mcl/mcl-module.js';
import { systemRandomBytes } from '../../../../src/crypto/random-bytes.js';
import { GROUP_ORDER, littleEndianBytes, littleEndianInteger } from '../../../../src/crypto/bls0chain/scalar.js';
import type { SecretBytes } from '../../../../src/crypto/secret-bytes.js';
import { withOtherSign } from '../../bls0chain/hostile-points.js';
import { createWallet, createWallets, engine, requestOf, requestsOf } from './co-sign-fixtures.js';

function memoryOf(mod: MclModule): Buffer {
  return Buffer.from(mod.HEAP8.buffer, mod.HEAP8.byteOffset, mod.HEAP8.length);
}

/** Whether a 12-byte piece of the share is anywhere in memory: as given, reversed, hexadecimal, in Montgomery's form. */
function leavesTraces(mod: MclModule, share: SecretBytes): boolean {
  const bytes = Buffer.from(share.expose());
  const montgomery = Buffer.from(littleEndianBytes((littleEndianInteger(bytes) << 256n) % GROUP_ORDER));
  const forms = [bytes, Buffer.from(bytes).reverse(), Buffer.from(bytes.toString('hex')), montgomery];
  const memory = memoryOf(mod);
  return forms.some((form) => [0, 10, 20].some((start) => memory.includes(form.subarray(start, start + 12))));
}

describe("WebAssembly's memory after a batch", () => {
  it('would show a share to this scan if nobody scrubbed it', async () => {
    const mod = await loadMclModule();
    const { serverShare } = createWallet();
    const top = mod.stackSave();
    const [buffer, scalar] = [mod.stackAlloc(32), mod.stackAlloc(MCL_SIZES.fr)];
    mod.HEAP8.set(serverShare.expose(), buffer);
    mod._mclBnFr_deserialize(scalar, buffer, 32);
    mod.stackRestore(top);
    expect(leavesTraces(mod, serverShare)).toBe(true);
  });

  it('holds no server share, whether the requests were right, wrong or malformed', async () => {
    const mod = await loadMclModule();
    const coSigner = new BatchCoSigner(mod);
    const wallets = createWallets(4);
    const requests = requestsOf(wallets, 16);
    const wrong = requests.map((request) => ({ ...request, message: systemRandomBytes(32) }));
    const malformed = requests.map((request) => ({ ...request, userPartial: new Uint8Array(32) }));
    for (const batch of [requests, wrong, malformed, [...requests, ...wrong, ...malformed]]) {
      coSigner.cosign(batch);
      for (const { serverShare } of wallets) expect(leavesTraces(mod, serverShare)).toBe(false);
    }
  });

  it('holds no server share after a batch that threw', async () => {
    const mod = await loadMclModule();
    let isBroken = false;
    const coSigner = new BatchCoSigner(mod, {
      random: (length) => (isBroken ? new Uint8Array(length) : systemRandomBytes(length)),
    });
    const wallets = createWallets(2);
    isBroken = true;
    const top = mod.stackSave();
    expect(() => coSigner.cosign(requestsOf(wallets, 4))).toThrow('no usable coefficient');
    expect(mod.stackSave()).toBe(top);
    for (const { serverShare } of wallets) expect(leavesTraces(mod, serverShare)).toBe(false);
  });

  it('looks the same whichever share was used: not even an intermediate value stays', async () => {
    const mod = await loadMclModule();
    const coSigner = new BatchCoSigner(mod);
    const hash = systemRandomBytes(32);
    const wallet = createWallet();
    // A partial that cancels the server's ends the work before anything random is drawn.
    const imageAfter = (serverShare: SecretBytes): Buffer => {
      const userPartial = withOtherSign(engine.sign(serverShare, hash));
      expect(coSigner.cosign([{ ...requestOf(wallet, hash), serverShare, userPartial }])).toEqual([undefined]);
      return Buffer.from(memoryOf(mod));
    };
    const first = imageAfter(createWallet().serverShare);
    expect(imageAfter(createWallet().serverShare).equals(first)).toBe(true);
  });

  it('does not grow from batch to batch', async () => {
    const mod = await loadMclModule();
    const coSigner = new BatchCoSigner(mod);
    const wallets = createWallets(16);
    coSigner.cosign(requestsOf(wallets, 64));
    const before = mod.HEAP8.length;
    for (let round = 0; round < 5; round++) coSigner.cosign(requestsOf(createWallets(4), 64));
    expect(mod.HEAP8.length).toBe(before);
  });
});
