import { expect } from '@jest/globals';
import { createBlsEngine } from '../../../src/crypto/bls0chain/create-engine.js';
import { encodeHex, encodeSecretKey } from '../../../src/crypto/bls0chain/codec.js';
import { generateSecretKey } from '../../../src/crypto/bls0chain/generate-secret-key.js';
import { systemRandomBytes } from '../../../src/crypto/bls0chain/random-bytes.js';
import { splitSecretKey } from '../../../src/crypto/bls0chain/split-secret-key.js';
export function outcomeOf(engine, { secret, other, message }) {
    const publicKey = engine.publicKeyOf(secret);
    const signature = engine.sign(secret, message);
    const otherKey = engine.publicKeyOf(other);
    return {
        publicKey: encodeHex(publicKey),
        signature: encodeHex(signature),
        otherKey: encodeHex(otherKey),
        secretSum: encodeSecretKey(engine.addSecrets(secret, other)),
        secretDifference: encodeSecretKey(engine.subtractSecrets(secret, other)),
        keySum: encodeHex(engine.addPublicKeys(publicKey, otherKey)),
        signatureSum: encodeHex(engine.addSignatures(signature, engine.sign(other, message))),
    };
}
/**
 * Draws random inputs and expects both engines to make the same bytes of them, and each to verify the other's
 * signature and no altered one. `third` may check the same input with another implementation.
 */
export async function expectAgreement(rounds, third = () => undefined) {
    const [herumi, noble] = [await createBlsEngine('herumi'), await createBlsEngine('noble')];
    for (let round = 0; round < rounds; round++) {
        const secret = generateSecretKey();
        const { userShare: other } = splitSecretKey(round % 2 === 0 ? herumi : noble, secret);
        const input = { secret, other, message: systemRandomBytes(32) };
        const outcome = outcomeOf(herumi, input);
        expect(outcomeOf(noble, input)).toEqual(outcome);
        const publicKey = Buffer.from(outcome.publicKey, 'hex');
        const signature = Buffer.from(outcome.signature, 'hex');
        const wrongKey = Buffer.from(outcome.otherKey, 'hex');
        for (const engine of [herumi, noble]) {
            expect(engine.verify(publicKey, input.message, signature)).toBe(true);
            expect(engine.verify(wrongKey, input.message, signature)).toBe(false);
        }
        third(input, outcome);
    }
}
