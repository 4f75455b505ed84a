/** Whether all of the `count` items from `first` on are good, `count` at least 1. */
export type RangeCheck = (first: number, count: number) => boolean;

/**
 * Which of the items 0 … count − 1 are good, by bisection (group testing). A range that passes as a whole is good; one
 * that fails is halved, down to single items. If the left half of a failed range passes, the right one is known to fail
 * without a check of its own; so an item is called good only after a check that passed, but may be called bad because
 * of its neighbours' checks.
 *
 * One bad item among n costs at most 2·log₂ n + 1 checks, n bad ones fewer than 2·n.
 */
export function bisect(count: number, holds: RangeCheck): boolean[] {
  const good = new Array<boolean>(count).fill(false);

  /** Returns whether the whole range is good. */
  const search = (first: number, size: number, knownToFail: boolean): boolean => {
    if (!knownToFail && holds(first, size)) {
      good.fill(true, first, first + size);
      return true;
    }
    if (size > 1) {
      const left = Math.ceil(size / 2);
      const leftIsGood = search(first, left, false);
      search(first + left, size - left, leftIsGood);
    }
    return false;
  };

  if (count > 0) search(0, count, false);
  return good;
}
