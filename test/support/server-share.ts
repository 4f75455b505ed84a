/** The group's order (wire.md section 8). */
const R = 0x2523648240000001ba344d8000000007ff9f800000000010a10000000000000dn;

/** master − user mod r, 64 hexadecimal digits, little-endian: the share that never leaves the server. */
export function serverShareOf(masterKeyHex: string, userShareHex: string): string {
  const difference = (scalarOf(masterKeyHex) - scalarOf(userShareHex) + R) % R;
  return Buffer.from(difference.toString(16).padStart(64, '0'), 'hex').reverse().toString('hex');
}

/** The number that 64 little-endian hexadecimal digits stand for. */
export function scalarOf(secretKeyHex: string): bigint {
  return BigInt(`0x${Buffer.from(secretKeyHex, 'hex').reverse().toString('hex')}`);
}
