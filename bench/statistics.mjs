/**
 * The middle value; of an even number of values the lower of the two in the middle.
 *
 * @param {readonly number[]} values
 */
export function median(values) {
  return percentile(values, 50);
}

/**
 * The smallest value that `percent` of the values do not exceed (nearest rank); undefined when there is none.
 *
 * @param {readonly number[]} values
 * @param {number} percent
 */
export function percentile(values, percent) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}

/** @param {readonly number[]} values */
export function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
