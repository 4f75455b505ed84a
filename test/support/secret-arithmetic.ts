/** Of the curve (wire.md section 8). */
const GROUP_ORDER = 0x2523648240000001ba344d8000000007ff9f800000000010a10000000000000dn;

/** minuend − subtrahend modulo the group's order; both are secret keys, 64 hexadecimal digits, little-endian. */
export function minus(minuendHex: string, subtrahendHex: string): string {
  const difference = (GROUP_ORDER + integerOf(minuendHex) - integerOf(subtrahendHex)) % GROUP_ORDER;
  return Buffer.from(difference.toString(16).padStart(64, '0'), 'hex').reverse().toString('hex');
}

function integerOf(hex: string): bigint {
  return BigInt(`0x${Buffer.from(hex, 'hex').reverse().toString('hex')}`);
}
