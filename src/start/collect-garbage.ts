import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Has V8 free now what nothing refers to any more, where it would else wait until memory is wanted: Node overwrites the
 * bytes of a key object when that is freed. Stops everything for some ten milliseconds. A service that idles after it was
 * sealed would keep its keys for minutes.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}
