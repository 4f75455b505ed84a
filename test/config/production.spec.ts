import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { SETTINGS } from '../../src/config/settings.js';
import { refusal } from './environment.js';

const SECRET = '9f2c4e8a1b7d3056e4c1a9f80b6d2e73';
const production = { NODE_ENV: 'production', SEALING_KEY_FILE: '/run/secrets/sealing-key' };

describe('in production', () => {
  it('the service starts with a sealing key file and any token key', () => {
    expect(loadConfiguration({ ...production, JWT_SECRET: SECRET }).production).toBe(true);
    expect(loadConfiguration({ ...production, JWT_JWKS_URL: 'https://issuer.example/keys' }).production).toBe(true);
  });

  it('a token key must be configured', () => {
    const line = refusal(() => loadConfiguration(production));
    expect(line).toMatch(/^JWT_SECRET \(or JWT_PUBLIC_KEY or JWT_JWKS_URL\) must be set/);
  });

  it('a sealing key file must be configured', () => {
    const line = refusal(() => loadConfiguration({ NODE_ENV: 'production', JWT_SECRET: SECRET }));
    expect(line).toMatch(/^SEALING_KEY_FILE must be set in production/);
  });

  it.each([
    'changeme',
    'change-me-please',
    'CHANGE_ME_IN_PRODUCTION',
    'secret',
    'your-secret',
    'your-256-bit-secret',
    'a-string-secret-at-least-256-bits-long',
    '<your-secret-here>',
    '${JWT_SECRET}',
    'example-secret-key-example',
    'password12345678',
    'super-secret-jwt-token-with-at-least-32-characters-long',
    'test-test-test-test-test-test-test',
    'testsecret1234567890',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    '00000000000000000000000000000000',
    'abababababababababababababababab',
    '12345678901234567890123456789012',
    SETTINGS.JWT_SECRET.example,
  ])('the placeholder %s is no secret', (placeholder) => {
    const line = refusal(() => loadConfiguration({ ...production, JWT_SECRET: placeholder }));
    expect(line).toMatch(/^JWT_SECRET is a placeholder/);
    expect(loadConfiguration({ JWT_SECRET: placeholder }).production).toBe(false);
  });

  it('a secret has at least 16 bytes', () => {
    const tooShort = { ...production, JWT_SECRET: SECRET.slice(0, 15) };
    expect(refusal(() => loadConfiguration(tooShort))).toContain('at least 16 bytes');
    expect(loadConfiguration({ ...production, JWT_SECRET: SECRET.slice(0, 16) }).production).toBe(true);
  });

  it.each([SECRET, 'correct horse battery staple', 'Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0', 'K7f_2pQ-v9Xz_LmN4'])(
    '%s is not taken for a placeholder',
    (secret) => {
      expect(loadConfiguration({ ...production, JWT_SECRET: secret }).production).toBe(true);
    },
  );
});
