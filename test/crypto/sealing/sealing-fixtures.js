import { createSealer } from '../../../src/crypto/sealing/create-sealer.js';
import { SecretBytes } from '../../../src/crypto/secret-bytes.js';
export const PLACE = { table: 'wallets', row: '7', column: 'sealed_master_key', version: 1 };
/** 32 bytes counting up from `first`. */
export function rootKey(first = 1) {
    return new SecretBytes(Uint8Array.from({ length: 32 }, (_, index) => (first + index) % 256));
}
export function sealerOf(domain = 'vault', root = rootKey()) {
    return createSealer(root, domain);
}
export function secret(text = 'correct horse battery staple') {
    return new SecretBytes(Uint8Array.from(Buffer.from(text)));
}
