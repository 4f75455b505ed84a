import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { findBytes } from './reachable-bytes.js';

describe('the sealing key, from which every other is derived,', () => {
  let server: TestServer;
  let rootKey: Uint8Array;
  beforeAll(async () => {
    server = await startTestServer({ LOG_LEVEL: 'silent' });
    rootKey = Buffer.from(readFileSync(join(server.dataDirectory, 'sealing-key'), 'latin1').trim(), 'hex');
  });
  afterAll(() => server.stop());

  it('can be reached from nothing that anybody can inject, once the service has started', () => {
    const providers = [...server.app.get(ModulesContainer).values()].flatMap((module) =>
      [...module.providers.values(), ...module.controllers.values()].map(({ name, instance }) => ({
        name: String(name),
        instance,
      })),
    );
    expect(providers.length).toBeGreaterThan(50);
    expect(findBytes(rootKey, providers)).toEqual([]);
    expect(findBytes(rootKey, server)).toEqual([]);
  });

  it('would be found there in any form', () => {
    expect(rootKey).toHaveLength(32);
    const hidden = { inner: [new Map([['key', { secret: new SecretBytes(Uint8Array.from(rootKey)) }]])] };
    const asBytes = { deep: new Set([Buffer.concat([Buffer.alloc(3), rootKey])]) };
    const asText = { text: `the key is ${Buffer.from(rootKey).toString('hex')}` };
    expect(findBytes(rootKey, [hidden, asBytes, asText])).toHaveLength(3);
  });
});
