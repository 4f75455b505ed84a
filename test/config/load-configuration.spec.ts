import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { NO_ADDRESSES } from '../../src/config/address-ranges.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import type { SettingName } from '../../src/config/settings.js';
import { refusal } from './environment.js';

const LONG = 'x'.repeat(600);

describe('the configuration', () => {
  it('has the documented defaults with nothing set', () => {
    expect({ ...loadConfiguration({}) }).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      zvaultPort: undefined,
      zauthPort: undefined,
      operationsPort: undefined,
      docs: 'on',
      console: 'on',
      metrics: 'on',
      allowedHosts: [],
      deletionGraceDays: 7,
      maxSharesToOneRecipient: 100,
      maxSharesPerSender: 1000,
      httpKeepAliveSeconds: 72,
      tls: undefined,
      publicUrl: undefined,
      corsOrigins: '*',
      trustedProxies: NO_ADDRESSES,
      maxConnections: undefined,
      dataDirectory: resolve('data'),
      database: resolve('data/kms.sqlite'),
      operatorSocket: resolve('data/operator.sock'),
      needsOperatorSocket: false,
      kek: { provider: 'file', file: undefined, prefix: '', production: false },
      authKek: undefined,
      tokens: {
        secrets: [],
        secretsSetting: 'JWT_SECRET',
        publicKeys: [],
        keySet: undefined,
        issuer: undefined,
        audience: undefined,
        leewaySeconds: 0,
        ignoreAuthorization: false,
      },
      keyTtlSeconds: 0,
      maxWalletsPerUser: 1000,
      maxSplitKeysPerWallet: 1000,
      txnVerification: 'strict',
      txnCreationSkewSeconds: 600,
      sdkRestrictedMessages: 'allow',
      blsEngine: 'herumi',
      signingWorkers: undefined,
      signingBatchMax: 64,
      signingQueueMax: 1024,
      clockToleranceSeconds: 300,
      ratePerUser: 10_000,
      ratePerSplitKey: 10_000,
      rateRefusalsPerSplitKey: 100,
      ratePerAddress: 10_000,
      rateBurstSeconds: 2,
      auditOrigin: undefined,
      auditOriginOtherwise: 'localhost/split-key-kms',
      auditCheckpointSeconds: 10,
      auditCheckpointFile: resolve('data/checkpoints'),
      auditWitnesses: { witnesses: [], quorum: 0, areRequired: false, proxy: undefined, noProxy: '' },
      backups: undefined,
      writeQueueMax: 1024,
      logLevel: 'info',
      environmentWarnings: [],
    });
  });

  it('names a new log by where the service is found, and keeps no file about a record in memory', () => {
    const named = loadConfiguration({ PUBLIC_URL: 'https://example.org/kms' });
    expect(named).toMatchObject({ auditOrigin: undefined, auditOriginOtherwise: 'example.org/kms' });
    const long = `https://${'a'.repeat(80)}.example`;
    expect(loadConfiguration({ PUBLIC_URL: long }).auditOriginOtherwise).toBe('localhost/split-key-kms');
    const inMemory = { DATABASE: ':memory:', AUDIT_CHECKPOINT_FILE: '/kept/checkpoints' };
    expect(loadConfiguration(inMemory).auditCheckpointFile).toBeUndefined();
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfiguration({ PORT: '', JWT_SECRET: '', DATABASE: '', NODE_ENV: '' })).toEqual(loadConfiguration({}));
  });

  it('cannot be changed', () => {
    const configuration = loadConfiguration({ CORS_ORIGINS: 'https://a.example' });
    for (const part of [configuration, configuration.tokens, configuration.corsOrigins]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('keeps the database in DATA_DIR unless told otherwise', () => {
    expect(loadConfiguration({ DATA_DIR: '/srv/kms' }).database).toBe('/srv/kms/kms.sqlite');
    expect(loadConfiguration({ DATA_DIR: '/srv/kms', DATABASE: 'other.db' }).database).toBe(resolve('other.db'));
    expect(loadConfiguration({ DATABASE: ':memory:' }).database).toBe(':memory:');
  });

  it.each<[SettingName, string, Partial<ReturnType<typeof loadConfiguration>>]>([
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65535 }],
    ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['HOST', '::1', { host: '::1' }],
    ['HOST', 'kms.internal', { host: 'kms.internal' }],
    ['PUBLIC_URL', 'https://example.org/kms/', { publicUrl: { href: 'https://example.org/kms', prefix: '/kms' } }],
    ['PUBLIC_URL', 'http://a:8080/b/c.d', { publicUrl: { href: 'http://a:8080/b/c.d', prefix: '/b/c.d' } }],
    ['PUBLIC_URL', 'https://example.org', { publicUrl: { href: 'https://example.org', prefix: '' } }],
    ['TXN_VERIFICATION', 'trust-hash', { txnVerification: 'trust-hash' }],
    ['BLS_ENGINE', 'noble', { blsEngine: 'noble' }],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
    ['TXN_CREATION_SKEW_SECONDS', '0', { txnCreationSkewSeconds: 0 }],
    ['TXN_CREATION_SKEW_SECONDS', '86400', { txnCreationSkewSeconds: 86_400 }],
    ['SDK_RESTRICTED_MESSAGES', 'deny', { sdkRestrictedMessages: 'deny' }],
    ['KEY_TTL_SECONDS', '3600', { keyTtlSeconds: 3600 }],
    ['DELETION_GRACE_DAYS', '0', { deletionGraceDays: 0 }],
    ['AUDIT_ORIGIN', 'kms.example.org:8443/audit/Of-1', { auditOrigin: 'kms.example.org:8443/audit/Of-1' }],
    ['AUDIT_ORIGIN', 'a'.repeat(80), { auditOrigin: 'a'.repeat(80) }],
    ['AUDIT_CHECKPOINT_SECONDS', '3600', { auditCheckpointSeconds: 3600 }],
    ['AUDIT_CHECKPOINT_FILE', '/kept/checkpoints', { auditCheckpointFile: '/kept/checkpoints' }],
  ])('accepts %s=%s', (name, value, expected) => {
    expect(loadConfiguration({ [name]: value })).toMatchObject(expected);
  });

  it.each([
    'https://issuer.example/keys?v=2',
    'http://localhost:8080/keys',
    'http://127.9.9.9/keys',
    'http://[::1]:81/keys',
  ])('fetches keys from %s', (url) => {
    expect(loadConfiguration({ JWT_JWKS_URL: url }).tokens.keySet?.url.href).toBe(url);
  });

  it.each<[SettingName, string[]]>([
    ['NODE_ENV', ['prod', 'Production', 'staging']],
    ['PORT', ['65536', '-1', '+80', '080', '3e3', '0x50', '80.0', ' 80', '80 ', 'http', '９']],
    ['ZVAULT_PORT', ['70000', 'off']],
    [
      'AUDIT_ORIGIN',
      ['https://kms.example', 'kms.example/', 'Kms.example', 'kms example', 'kms+1', '/audit', 'a'.repeat(91)],
    ],
    ['AUDIT_CHECKPOINT_SECONDS', ['0', '3601', '1.5']],
    ['ZAUTH_PORT', ['70000', 'off']],
    ['HOST', ['x86_64-conda-linux-gnu', 'aarch64-apple-darwin20.0.0', 'armv7-linux-gnueabihf']],
    ['HOST', ['http://localhost', 'localhost:80', '[::1]', '300.1.1.1', 'a b', '-a', 'a..b', LONG]],
    ['DATABASE', ['postgres://user:hunter22@db/kms', 'file:kms.db', 'sqlite:kms.db', ':mem', '::']],
    [
      'PUBLIC_URL',
      ['a.example/kms', '/kms', 'ftp://example.org', 'https://Example.org', 'https://example.org:443/kms'],
    ],
    ['PUBLIC_URL', ['https://u@example.org', 'https://example.org/kms?a', 'https://example.org/kms#a', 'http://']],
    [
      'PUBLIC_URL',
      ['https://a.example//kms', 'https://a.example/k%6ds', 'https://a.example/../kms', 'https://a.example//'],
    ],
    ['TXN_VERIFICATION', ['Strict', 'none', 'trust_hash']],
    ['BLS_ENGINE', ['mcl', 'HERUMI']],
    ['LOG_LEVEL', ['verbose', 'INFO', 'off']],
    ['TXN_CREATION_SKEW_SECONDS', ['-1', '1.5', '10m', '86401']],
    ['SDK_RESTRICTED_MESSAGES', ['yes', 'true']],
    ['DELETION_GRACE_DAYS', ['-1', '1.5', '7d', '3651']],
    ['KEY_TTL_SECONDS', ['-1', '1.5', '1h', '3153600001', '99999999999999999999']],
    ['JWT_JWKS_URL', ['http://issuer.example/', 'http://localhost.evil.example/', 'http://127.0.0.1.evil.example/']],
    ['JWT_JWKS_URL', ['https://u:p@issuer.example/', 'file:///etc/passwd', '//issuer.example', 'keys']],
    ['JWT_LEEWAY_SECONDS', ['61', '-1', '1.5', '1s']],
    ['JWT_IGNORE_AUTHORIZATION', ['yes', '1', 'TRUE']],
    ['JWT_JWKS_HTTP_HOSTS', ['http://issuer.internal', 'issuer.internal:8080', 'issuer.internal,', '*.internal']],
    ['JWT_ISSUER', [' https://issuer.example', 'a\nb', LONG]],
    ['JWT_AUDIENCE', ['kms ', LONG]],
  ])('refuses a malformed %s in one line that does not repeat it', (name, values) => {
    for (const value of values) {
      const line = refusal(() => loadConfiguration({ [name]: value }));
      expect(line.startsWith(`${name} must `)).toBe(true);
      expect(value.length > 6 && line.includes(value)).toBe(false);
    }
  });

  it('wants ports that differ, and lets any number of them be free ones', () => {
    expect(refusal(() => loadConfiguration({ ZVAULT_PORT: '3000' }))).toContain('ZVAULT_PORT must differ');
    expect(refusal(() => loadConfiguration({ ZVAULT_PORT: '81', ZAUTH_PORT: '81' }))).toContain('ZAUTH_PORT');
    const free = loadConfiguration({ PORT: '0', ZVAULT_PORT: '0', ZAUTH_PORT: '0' });
    expect(free).toMatchObject({ port: 0, zvaultPort: 0, zauthPort: 0 });
  });
});
