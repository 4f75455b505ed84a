import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { clientIdOf } from '../../../src/crypto/bls0chain/client-id.js';
import { decodeHash, decodePublicKey, decodeSecretKey, decodeSignature, encodePublicKey, encodeSecretKey, encodeSignature, } from '../../../src/crypto/bls0chain/codec.js';
import { combineVerified, sharesMakeClientKey } from '../../../src/crypto/bls0chain/combine.js';
import { secretKeyFromMnemonic } from '../../../src/crypto/bls0chain/mnemonic.js';
import { splitSecretKey } from '../../../src/crypto/bls0chain/split-secret-key.js';
import { SecretBytes } from '../../../src/crypto/secret-bytes.js';
import { describeEachEngine } from './engines.js';
import { PRESENT_KINDS, vectorsOf } from './vectors.js';
const utf8 = (text) => new SecretBytes(new TextEncoder().encode(text));
const sha3 = (text) => createHash('sha3-256').update(text).digest();
function vector(kind, id) {
    const found = vectorsOf(kind).find((candidate) => candidate.id === id);
    if (found === undefined)
        throw new Error(`no vector ${id}`);
    return found;
}
describe('published vectors', () => {
    it('has a test for every kind', () => {
        expect([...PRESENT_KINDS].sort()).toEqual([
            'deserialise',
            'edge',
            'signature-verify',
            'split+aggregate',
            'split-roundtrip',
            'transaction-hash+signature',
            'wallet',
        ]);
    });
    describeEachEngine((engine) => {
        it.each(vectorsOf('wallet'))('derives the wallet $id', ({ private_key, mnemonic, client_key, client_id }) => {
            const secret = decodeSecretKey(private_key, 'private_key');
            const clientKey = engine().publicKeyOf(secret);
            expect(encodeSecretKey(secret)).toBe(private_key);
            expect(client_key ?? client_id).toBeDefined();
            if (client_key !== undefined)
                expect(encodePublicKey(clientKey)).toBe(client_key);
            if (client_id !== undefined)
                expect(clientIdOf(clientKey)).toBe(client_id);
            if (mnemonic !== undefined)
                expect(encodeSecretKey(secretKeyFromMnemonic(utf8(mnemonic)))).toBe(private_key);
        });
        it('signs and combines as the chain does (split-sign-systemtest)', () => {
            const known = vector('split+aggregate', 'split-sign-systemtest');
            const serverShare = decodeSecretKey(known.zauth_private_key, 'private_key');
            const message = decodeHash(known.hash, 'hash');
            const clientKey = decodePublicKey(engine(), known.client_key, 'client_key');
            const userKey = decodePublicKey(engine(), known.user_public_key, 'public_key');
            const serverKey = engine().publicKeyOf(serverShare);
            const serverPartial = engine().sign(serverShare, message);
            const userPartial = decodeSignature(engine(), known.user_signature, 'signature');
            expect(clientIdOf(clientKey)).toBe(known.client_id);
            expect(encodePublicKey(serverKey)).toBe(known.zauth_public_key);
            expect(sharesMakeClientKey(engine(), [userKey, serverKey], clientKey)).toBe(true);
            expect(engine().verify(userKey, message, userPartial)).toBe(true);
            expect(encodeSignature(serverPartial)).toBe(known.zauth_partial);
            const combined = combineVerified(engine(), { clientKey, message, userPartial, serverPartial });
            expect(combined && encodeSignature(combined)).toBe(known.combined);
        });
        it('adds two secrets to the published client key (gosdk-combined-split)', () => {
            const known = vector('split+aggregate', 'gosdk-combined-split');
            const [user, server] = known.split_sk.map((hex) => decodeSecretKey(hex, 'private_key'));
            if (user === undefined || server === undefined)
                throw new Error('two shares expected');
            const message = decodeHash(known.hash, 'hash');
            const clientKey = decodePublicKey(engine(), known.primary_client_key, 'client_key');
            expect(encodePublicKey(engine().publicKeyOf(engine().addSecrets(user, server)))).toBe(known.primary_client_key);
            const combined = combineVerified(engine(), {
                clientKey,
                message,
                userPartial: engine().sign(user, message),
                serverPartial: engine().sign(server, message),
            });
            expect(combined).toBeDefined();
        });
        it.each(vectorsOf('split-roundtrip'))('splits and combines again ($id)', ({ private_key, hash }) => {
            const primary = decodeSecretKey(private_key, 'private_key');
            const { userShare, serverShare } = splitSecretKey(engine(), primary);
            const message = decodeHash(hash, 'hash');
            const combined = engine().addSignatures(engine().sign(userShare, message), engine().sign(serverShare, message));
            expect(encodeSignature(combined)).toBe(encodeSignature(engine().sign(primary, message)));
        });
        it.each(vectorsOf('signature-verify'))('verifies $id', ({ client_id, user_id, client_key, signature }) => {
            const key = decodePublicKey(engine(), client_key, 'client_key');
            const point = decodeSignature(engine(), signature, 'signature');
            expect(engine().verify(key, sha3(`${client_id}:${user_id}:${client_key}`), point)).toBe(true);
            expect(engine().verify(key, sha3(`${client_id}:${user_id}x:${client_key}`), point)).toBe(false);
        });
        it.each(vectorsOf('transaction-hash+signature'))('verifies the transaction $id', ({ preimage, transaction }) => {
            const key = decodePublicKey(engine(), transaction.public_key, 'public_key');
            const point = decodeSignature(engine(), transaction.signature, 'signature');
            expect(engine().verify(key, decodeHash(transaction.hash, 'hash'), point)).toBe(true);
            expect(engine().verify(key, sha3(preimage), point)).toBe(true);
            expect(engine().verify(key, sha3(`${preimage}0`), point)).toBe(false);
        });
        it.each(vectorsOf('deserialise'))('accepts the points of $id', ({ public_key, signature }) => {
            expect(encodePublicKey(decodePublicKey(engine(), public_key, 'public_key'))).toBe(public_key);
            if (signature !== undefined) {
                expect(encodeSignature(decodeSignature(engine(), signature, 'signature'))).toBe(signature);
            }
        });
        it.each(vectorsOf('edge'))('signs with r − 1 and refuses r and above ($id)', ({ r_minus_1_le, r_le, ff }) => {
            const message = new Uint8Array(32);
            const last = decodeSecretKey(r_minus_1_le, 'private_key');
            expect(engine().verify(engine().publicKeyOf(last), message, engine().sign(last, message))).toBe(true);
            for (const hex of [r_le, ff])
                expect(() => decodeSecretKey(hex, 'private_key')).toThrow('private_key');
        });
    });
});
