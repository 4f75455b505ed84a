import { allowedHosts } from './allowed-hosts.js';
import { optionalSetting } from './setting.js';
import { oneOf, wholeNumber } from './setting-parsers.js';

const where = oneOf('on', 'off', 'operations');

/** What the service shows beside its calls, where, and under which names. */
export const SURFACE_SETTINGS = {
  OPERATIONS_PORT: optionalSetting({
    unit: 'TCP port',
    default: 'no listener',
    example: '9090',
    summary:
      'Health, and what `DOCS` and `METRICS` put there, on a port of its own that serves nothing else. The ports must differ.',
    parse: wholeNumber(0, 65_535),
  }),
  DOCS: optionalSetting({
    unit: 'word',
    default: 'on; off in production',
    example: 'operations',
    summary:
      'Where `/docs` and `/openapi.json` are: `on` is `PORT`, `operations` is `OPERATIONS_PORT`, `off` is nowhere.',
    parse: where,
  }),
  METRICS: optionalSetting({
    unit: 'word',
    default: 'operations where `OPERATIONS_PORT` is set, else on',
    example: 'operations',
    summary: 'Where `/metrics` is, in the same words. In production the start warns of metrics on `PORT`.',
    parse: where,
  }),
  CONSOLE: optionalSetting({
    unit: 'word',
    default: 'on',
    example: 'off',
    summary: 'Whether `/console/` is served on `PORT`, and browsers are sent there from `/`: `on` or `off`.',
    parse: oneOf('on', 'off'),
  }),
  ALLOWED_HOSTS: optionalSetting({
    unit: 'comma-separated host names and addresses',
    default: 'any',
    example: 'kms.example,10.0.3.7',
    summary:
      'Under which names, without a port, requests are served; any other `Host` is answered 421. Health, and all of ' +
      '`OPERATIONS_PORT`, are served under any.',
    parse: allowedHosts,
  }),
} as const;
