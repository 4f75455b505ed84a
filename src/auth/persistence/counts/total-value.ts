/** More than 2^64 values of 64 bits each. */
const BYTES = 16;

/** A sum of values as it is stored: unsigned, the highest byte first, so that it sorts. Throws when it is out of range. */
export function totalToColumn(valueSas: bigint): Buffer {
  const column = Buffer.alloc(BYTES);
  // Throws by itself where it does not fit.
  column.writeBigUInt64BE(valueSas >> 64n, 0);
  column.writeBigUInt64BE(BigInt.asUintN(64, valueSas), BYTES / 2);
  return column;
}

export function totalFromColumn(column: Buffer): bigint {
  const high = column.readBigUInt64BE(0);
  const low = column.readBigUInt64BE(BYTES / 2);
  // Hardly any sum is so large, and shifting costs as much as all the rest.
  return high === 0n ? low : (high << 64n) | low;
}
