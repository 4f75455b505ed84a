import { ConfigurationError } from './configuration-error.js';
import { isInjectedAddress } from './injected-names.js';
import { mistakenNames } from './mistaken-names.js';
import type { MistakenName } from './mistaken-names.js';

/** The environment as it is to be read, and what is odd about its names. */
export interface CheckedNames {
  readonly environment: NodeJS.ProcessEnv;
  /** One line each, with names and never a value. */
  readonly warnings: readonly string[];
}

/**
 * Takes out what Kubernetes puts into `ZAUTH_PORT` and its like for a Service of that name, and looks for variables
 * that seem to be settings and are none. Throws `ConfigurationError` in production for those that can only have been
 * meant for this service: a `JWT_AUD` that is not heard would let in tokens for anybody.
 */
export function checkNames(environment: NodeJS.ProcessEnv, settings: readonly string[]): CheckedNames {
  const injected = settings.filter((name) => name.endsWith('_PORT') && isInjectedAddress(environment[name]));
  const mistaken = mistakenNames(environment, settings);
  const refused = mistaken.filter(({ isOurs }) => isOurs);
  const [first, ...others] = refused;
  if (environment['NODE_ENV'] === 'production' && first !== undefined) {
    const rest = others.map((other) => `, nor is ${other.name}${guess(other)}`).join('');
    throw new ConfigurationError(first.name, `is no setting${guess(first)}${rest}: rename or unset in production`);
  }
  return {
    environment: Object.fromEntries(Object.entries(environment).filter(([name]) => !injected.includes(name))),
    warnings: [
      ...injected.map(
        (name) =>
          `${name} is ignored: it holds the address of a Kubernetes Service or a linked container of that name; ` +
          'enableServiceLinks: false in the pod keeps it away',
      ),
      ...mistaken.map((one) => `${one.name} is no setting and has no effect${guess(one)}`),
    ],
  };
}

function guess({ meant }: MistakenName): string {
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}
