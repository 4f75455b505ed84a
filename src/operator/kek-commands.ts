import type { KekDesk } from '../data-keys/kek-desk.js';
import { StartError } from '../errors/start-error.js';
import type { Given, OperatorCommands } from './operator-socket.js';

/** The commands about key-encryption keys. `settings` are the lines of a file that describes one. */
export function kekCommands(desk: KekDesk): OperatorCommands {
  return {
    'kek-status': () => desk.status(),
    'kek-add': (given) => desk.add(text(given, 'settings')),
    'kek-check': (given) => desk.check(given['settings'] === undefined ? undefined : text(given, 'settings')),
    'kek-rotate': (given) => desk.rotate(text(given, 'id'), text(given, 'settings')),
    'kek-reseal': (given, say) => desk.reseal(given['from'] === undefined ? undefined : text(given, 'from'), say),
    'kek-verify': (_, say) => desk.verify(say),
    'kek-retire': (given) => desk.retire(text(given, 'id')),
  };
}

function text(given: Given, name: string): string {
  const value = given[name];
  if (typeof value !== 'string' || value === '') throw new StartError(`the order needs ${name}`);
  return value;
}
