import { describe, expect, it } from '@jest/globals';

import { createHerumiEngine } from '../../../src/crypto/mcl/herumi-engine.js';
import { generateSecretKey } from '../../../src/crypto/bls0chain/generate-secret-key.js';
import { IdentityResultError } from '../../../src/crypto/bls0chain/identity-result-error.js';
import { MCL_SIZES, loadMclModule } from '../../../src/crypto/mcl/mcl-module.js';
import type { MclModule } from '../../../src/crypto/mcl/mcl-module.js';
import { systemRandomBytes } from '../../../src/crypto/random-bytes.js';
import { GROUP_ORDER, littleEndianBytes, littleEndianInteger } from '../../../src/crypto/bls0chain/scalar.js';
import type { SecretBytes } from '../../../src/crypto/secret-bytes.js';

function memoryOf(mod: MclModule): Buffer {
  return Buffer.from(mod.HEAP8.buffer, mod.HEAP8.byteOffset, mod.HEAP8.length);
}

/** The forms a secret has inside mcl: as given, reversed, hexadecimal, and Montgomery's (times 2^256 mod r). */
function formsOf(secret: SecretBytes): Record<string, Buffer> {
  const bytes = Buffer.from(secret.expose());
  const montgomery = (littleEndianInteger(secret.expose()) << 256n) % GROUP_ORDER;
  return {
    bytes,
    reversed: Buffer.from(bytes).reverse(),
    hex: Buffer.from(bytes.toString('hex')),
    montgomery: Buffer.from(littleEndianBytes(montgomery)),
  };
}

/** Which forms, or 12-byte pieces of them, are anywhere in WebAssembly's memory. */
function traces(mod: MclModule, secret: SecretBytes): string[] {
  const memory = memoryOf(mod);
  return Object.entries(formsOf(secret))
    .filter(([, form]) => [0, 10, 20].some((start) => memory.includes(form.subarray(start, start + 12))))
    .map(([name]) => name);
}

describe("WebAssembly's memory", () => {
  it('would show a secret to this scan if nobody scrubbed it', async () => {
    const mod = await loadMclModule();
    const secret = generateSecretKey();
    const top = mod.stackSave();
    const buffer = mod.stackAlloc(32);
    const scalar = mod.stackAlloc(MCL_SIZES.fr);
    mod.HEAP8.set(secret.expose(), buffer);
    mod._mclBnFr_deserialize(scalar, buffer, 32);
    mod.stackRestore(top);
    expect(traces(mod, secret)).toEqual(expect.arrayContaining(['bytes', 'montgomery']));
  });

  it('holds no secret after any operation', async () => {
    const mod = await loadMclModule();
    const engine = createHerumiEngine(mod);
    for (let round = 0; round < 20; round++) {
      const [secret, other] = [generateSecretKey(), generateSecretKey()];
      for (const length of [32, 1, 1024]) engine.sign(secret, systemRandomBytes(length));
      engine.publicKeyOf(secret);
      const sum = engine.addSecrets(secret, other);
      const difference = engine.subtractSecrets(secret, other);
      for (const canary of [secret, other, sum, difference]) expect(traces(mod, canary)).toEqual([]);
    }
  });

  it('holds no secret after an operation that threw', async () => {
    const mod = await loadMclModule();
    const engine = createHerumiEngine(mod);
    const secret = generateSecretKey();
    expect(() => engine.subtractSecrets(secret, secret)).toThrow(IdentityResultError);
    expect(() => engine.sign(secret, new Uint8Array(1025))).toThrow('message');
    expect(traces(mod, secret)).toEqual([]);
  });

  it('looks the same whichever secret was used: not even an intermediate value stays', async () => {
    const mod = await loadMclModule();
    const engine = createHerumiEngine(mod);
    const message = systemRandomBytes(32);
    const imageAfter = (use: () => unknown): Buffer => {
      use();
      return Buffer.from(memoryOf(mod));
    };
    for (const use of [
      (secret: SecretBytes) => engine.sign(secret, message),
      (secret: SecretBytes) => engine.publicKeyOf(secret),
      (secret: SecretBytes) => engine.addSecrets(secret, secret),
    ]) {
      const first = imageAfter(() => use(generateSecretKey()));
      const second = imageAfter(() => use(generateSecretKey()));
      expect(first.equals(second)).toBe(true);
    }
  });

  it('leaves the stack pointer and two engines apart', async () => {
    const [mod, otherMod] = [await loadMclModule(), await loadMclModule()];
    const [engine, otherEngine] = [createHerumiEngine(mod), createHerumiEngine(otherMod)];
    const top = mod.stackSave();
    const secret = generateSecretKey();
    const message = systemRandomBytes(32);
    const signature = engine.sign(secret, message);
    expect(() => engine.sign(secret, new Uint8Array(0))).toThrow('message');
    expect(otherEngine.verify(otherEngine.publicKeyOf(secret), message, signature)).toBe(true);
    expect(engine.verify(engine.publicKeyOf(secret), message, signature)).toBe(true);
    expect(mod.stackSave()).toBe(top);
    expect(mod.HEAP8.buffer).not.toBe(otherMod.HEAP8.buffer);
  });
});
