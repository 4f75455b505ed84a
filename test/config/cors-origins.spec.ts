import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { FIELD_ORIGINS } from '../support/field-origins.js';
import { refusal } from './environment.js';

const UUID = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';

const parsed = (text: string): unknown => loadConfiguration({ CORS_ORIGINS: text }).corsOrigins;

describe('CORS_ORIGINS', () => {
  it('is a list without repetitions that cannot be changed', () => {
    const origins = parsed('https://a.example, http://b:81,https://a.example');
    expect(origins).toEqual(['https://a.example', 'http://b:81']);
    expect(Object.isFrozen(origins)).toBe(true);
  });

  it.each([
    FIELD_ORIGINS.setting.split(',').join(' , '),
    'https://a.example',
    'http://localhost:5173',
    'http://[::1]:3000',
    'https://xn--bcher-kva.example',
    'https://*.wallet.example:8443',
    'http://*.localhost:5173',
    'https://*.my_team.example',
    `moz-extension://${UUID}`,
    `safari-web-extension://${UUID.toUpperCase()}`,
    'capacitor://localhost',
    'ionic://localhost',
    'tauri://localhost',
    'app://-',
    'null',
    'null,https://a.example',
  ])('may be %s', (text) => {
    expect(parsed(text)).toEqual(text.split(',').map((origin) => origin.trim()));
  });

  it.each([
    ...FIELD_ORIGINS.settings_refused,
    ...[
      'https://a.example/',
      'https://A.example',
      'https://a.example:443',
      'http://a.example:80',
      'https://a.example:',
    ],
    ...['https://bücher.example', 'https://a.example?', 'https://u:p@a.example', 'https://a .example', 'https://'],
    ...['ftp://a.example', 'file:///x', 'file://', 'htps://a.example', 'a.example', 'localhost:3000', '//a.example'],
    ...[
      'https://*.com',
      'https://*.com:8443',
      'https://*.*.example.com',
      'https://a*.example.com',
      'https://**.a.example',
    ],
    ...['https://*.a.example/', 'https://*.a.example:443', 'https://*.A.example', '*://a.example', 'https://*.168.0.1'],
    ...[
      'https://a.example:*',
      'chrome-extension://*',
      `chrome-extension://${'z'.repeat(32)}`,
      'chrome-extension://abc',
    ],
    ...[
      `chrome-extension://${'a'.repeat(32)}/`,
      'moz-extension://abc',
      'capacitor://',
      'capacitor://*',
      'constructor://a',
    ],
    ...['https://a.example,*', 'NULL', 'https://a.example,', ',', 'https://a.example;https://b.example'],
  ])('may not be %s, which no browser sends', (text) => {
    const line = refusal(() => parsed(text));
    expect(line).toMatch(/^CORS_ORIGINS must be .* entry [12] is none that a browser sends$/);
    // The rule's own examples apart, nothing of the value is repeated.
    if (text.length > 12) expect(line).not.toContain(text);
  });

  it('is told of by the place in the list', () => {
    expect(refusal(() => parsed('https://a.example,null,https://b.example/'))).toContain('entry 3 is none');
  });
});
