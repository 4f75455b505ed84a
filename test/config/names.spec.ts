import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { prefixesOf } from '../../src/config/mistaken-names.js';
import { SETTINGS } from '../../src/config/settings.js';
import { startWarnings } from '../../src/config/start-warnings.js';
import { fieldCases } from '../support/field-cases.js';
import { refusal, refused, temporaryDirectory } from './environment.js';

const FIELD = fieldCases<{
  readonly ignored_with_a_warning: Readonly<Record<string, string>>;
  readonly named_at_start: readonly string[];
  readonly refused: Readonly<Record<string, readonly string[]>>;
}>('settings');

const VALUE = 'a-value-that-is-not-to-be-seen';
const PRODUCTION = {
  NODE_ENV: 'production',
  SEALING_KEY_FILE: '/nowhere/sealing-key',
  JWT_JWKS_URL: 'https://issuer.example/keys',
};

const warnings = (environment: NodeJS.ProcessEnv): string[] =>
  startWarnings(loadConfiguration({ DATA_DIR: temporaryDirectory(), ...environment }));

const names = Object.keys(SETTINGS);
const ports = names.filter((name) => name.endsWith('_PORT'));
const paths = Object.entries(SETTINGS).flatMap(([name, { unit }]) => (unit.startsWith('path') ? [name] : []));

describe('a variable that looks like a setting and is none', () => {
  it.each<[string, string | undefined]>([
    ...FIELD.named_at_start.map((name): [string, string | undefined] => [
      name,
      names.find((setting) => setting.startsWith(name)) ?? 'JWT_JWKS_URL',
    ]),
    ['jwt_secret', 'JWT_SECRET'],
    ['KMS_DATA_DIR', 'DATA_DIR'],
    ['DATADIR', 'DATA_DIR'],
    ['DATA_DIRECTORY', 'DATA_DIR'],
    ['DATABSE', 'DATABASE'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['NODE_EVN', 'NODE_ENV'],
    ['PORTS', 'PORT'],
    ['SIGNING_WORKER', 'SIGNING_WORKERS'],
    ['SEALING_KEYFILE', 'SEALING_KEY_FILE'],
    ['TXN_VERIFY', undefined],
  ])('%s is named at the start (%s), and its value is not', (name, meant) => {
    const lines = warnings({ [name]: VALUE });
    const guess = meant === undefined ? '' : ` (did you mean ${meant}?)`;
    expect(lines).toEqual([`${name} is no setting and has no effect${guess}`]);
  });

  it.each(names.filter((name) => name.length >= 8))('%s with a letter missing, doubled or swapped is named', (name) => {
    for (const at of [1, name.length - 2]) {
      const letter = name.charAt(at);
      const mistakes = [
        name.slice(0, at) + name.slice(at + 1),
        name.slice(0, at) + letter + name.slice(at),
        name.slice(0, at - 1) + letter + name.charAt(at - 1) + name.slice(at + 1),
      ];
      for (const mistake of mistakes.filter((text) => !names.includes(text))) {
        expect([mistake, warnings({ [mistake]: VALUE }).length]).toEqual([mistake, 1]);
      }
    }
  });

  it.each([
    'JWT_AUD',
    'SDK_RESTRICTED_MESSAGE',
    'SIGNING_THREADS',
    'TXN_VERIFY',
    'CORS_ORIGIN',
    'TLS_CERT',
    'ZAUTH_URL',
  ])('%s is refused in production, where it can only have been meant for this service', (name) => {
    const line = refusal(() => loadConfiguration({ ...PRODUCTION, [name]: VALUE }));
    expect(line.startsWith(`${name} is no setting`)).toBe(true);
    expect(line).not.toContain(VALUE);
  });

  it('is taken for ours by these prefixes; whoever adds a setting decides whether its first word is ours', () => {
    expect(prefixesOf(names)).toEqual(
      [
        ...[
          'ZVAULT',
          'ZAUTH',
          'TLS',
          'CORS',
          'TRUSTED',
          'OPERATIONS',
          'WRITE',
          'SEALING',
          'KEK',
          'JWT',
          'DELETION',
          'TXN',
        ],
        ...['SDK', 'BLS', 'SIGNING', 'CLOCK', 'RATE', 'AUDIT'],
      ].map((word) => `${word}_`),
    );
  });

  it('is refused before what is missing because of it, and all of them at once', () => {
    const environment = { NODE_ENV: 'production', JWT_JWKS_URI: VALUE, JWT_AUD: VALUE };
    expect(refusal(() => loadConfiguration(environment))).toBe(
      'JWT_AUD is no setting (did you mean JWT_AUDIENCE?), nor is JWT_JWKS_URI (did you mean JWT_JWKS_URL?): ' +
        'rename or unset in production',
    );
  });

  it('is only warned of in production when others use such names too', () => {
    for (const name of ['KEY_TTL', 'LOGLEVEL', 'DATA_DIRECTORY', 'NODE_ENVIRONMENT']) {
      expect(loadConfiguration({ ...PRODUCTION, [name]: VALUE }).environmentWarnings).toHaveLength(1);
    }
  });

  it('is told with the refusal that it is the reason of', () => {
    const { SEALING_KEY_FILE, ...others } = PRODUCTION;
    const error = refused(() => loadConfiguration({ ...others, SEALINGKEY_FILE: SEALING_KEY_FILE }));
    expect(error.message).toMatch(/^SEALING_KEY_FILE must be set in production/);
    expect(error.warnings).toEqual([
      'SEALINGKEY_FILE is no setting and has no effect (did you mean SEALING_KEY_FILE?)',
    ]);
    expect(refused(() => loadConfiguration(others)).warnings).toEqual([]);
  });

  it('counts as not set while it is empty', () => {
    expect(loadConfiguration({ ...PRODUCTION, JWT_AUD: '' }).environmentWarnings).toEqual([]);
  });
});

describe('what platforms, shells and tools put into the environment', () => {
  it.each([
    ...[
      'HOSTNAME',
      'HOSTTYPE',
      'HOST_IP',
      'LOGNAME',
      'PATH',
      'HOME',
      'PWD',
      'TERM',
      'LANG',
      'USER',
      'TZ',
      'SHLVL',
      'NODE',
    ],
    ...[
      'NODE_VERSION',
      'NODE_OPTIONS',
      'NODE_PATH',
      'NODE_NAME',
      'NODE_EXTRA_CA_CERTS',
      'YARN_VERSION',
      'npm_config_cache',
    ],
    ...[
      'HTTP_PROXY',
      'https_proxy',
      'NO_PROXY',
      'DATABASE_URL',
      'DATABASE_HOST',
      'PUBLIC_IP',
      'KEY_VAULT_NAME',
      'LOG_FORMAT',
    ],
    ...[
      'XDG_DATA_DIRS',
      'SSL_CERT_FILE',
      'NO_COLOR',
      'POD_NAME',
      'POD_IP',
      'KUBERNETES_PORT',
      'KUBERNETES_SERVICE_HOST',
      'INVOCATION_ID',
      'SDKMAN_DIR',
    ],
    ...['ZAUTH_SERVICE_HOST', 'ZAUTH_SERVICE_PORT', 'ZAUTH_SERVICE_PORT_HTTP', 'ZVAULT_PORT_8081_TCP', 'ZAUTH_NAME'],
    ...['ZAUTH_PORT_8082_TCP_ADDR', 'ZAUTH_PORT_8082_TCP_PORT', 'ZAUTH_PORT_8082_TCP_PROTO', 'JWT_SERVICE_HOST'],
    ...['SDK_PORT_80_UDP', 'SIGNING_SERVICE_PORT', 'ZAUTH_ENV_NODE_VERSION'],
  ])('%s is no mistake', (name) => {
    expect(loadConfiguration({ ...PRODUCTION, [name]: VALUE }).environmentWarnings).toEqual([]);
  });

  it('is no mistake as <NAME>_PORT either, when it holds an address', () => {
    const address = { JWT_PORT: 'tcp://10.43.12.7:80', SIGNING_PORT: 'udp://10.43.12.7:80' };
    expect(loadConfiguration({ ...PRODUCTION, ...address }).environmentWarnings).toEqual([]);
  });

  it.each([...Object.entries(FIELD.ignored_with_a_warning), ...ports.map((name) => [name, 'tcp://[fd00::7]:8082'])])(
    '%s=%s is ignored with a warning, in production too',
    (name, value) => {
      const configuration = loadConfiguration({ ...PRODUCTION, [name]: value });
      expect(configuration).toMatchObject({ port: 3000, zvaultPort: undefined, zauthPort: undefined });
      expect(configuration.environmentWarnings).toEqual([
        expect.stringMatching(new RegExp(`^${name} is ignored: .*Kubernetes.*enableServiceLinks: false`)),
      ]);
      expect(configuration.environmentWarnings.join()).not.toContain(value);
    },
  );

  it.each(ports)('%s is refused with any other address', (name) => {
    for (const value of [
      'tcp://',
      'tcp://10.43.12.7',
      'http://10.43.12.7:80',
      'tcp://10.43.12.7:80/x',
      '10.43.12.7:80',
    ]) {
      expect(refusal(() => loadConfiguration({ [name]: value }))).toContain(`${name} must be a whole number`);
    }
  });
});

describe('a path', () => {
  it('is known for every setting that holds one', () => {
    expect(paths).toEqual(expect.arrayContaining(['DATA_DIR', 'DATABASE', 'SEALING_KEY_FILE', 'TLS_KEY_FILE']));
  });

  it.each(paths)('%s is refused with what only a shell would have expanded, or taken away', (name) => {
    const written = [
      '~',
      '~kms/x',
      '${HOME}/kms',
      '/srv/$USER/kms',
      '$(pwd)/kms',
      '"/srv/kms"',
      "'/srv/kms'",
      ' /srv/kms',
      '/srv/kms ',
    ];
    for (const value of [...(FIELD.refused['DATA_DIR'] ?? []), ...written]) {
      const line = refusal(() => loadConfiguration({ [name]: value }));
      expect(line.startsWith(`${name} must be a path `)).toBe(true);
      expect(value.length > 6 && line.includes(value)).toBe(false);
    }
  });

  it('may hold these characters where no shell looks for them', () => {
    expect(loadConfiguration({ DATA_DIR: '/srv/a~b/price$/5$' }).dataDirectory).toBe('/srv/a~b/price$/5$');
  });
});
