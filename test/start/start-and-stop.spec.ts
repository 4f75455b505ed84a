import { existsSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, successOf } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt } from '../support/built-server.js';
import { noLongerListening } from '../support/no-longer-listening.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

beforeAll(() => {
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

describe('the first start', () => {
  it('says where things are, shows no secret, and keeps its secrets to itself', async () => {
    const directory = newDataDirectory();
    const built = await startBuilt({ DATA_DIR: directory });
    built.process.kill('SIGTERM');
    expect(await built.ended).toEqual({ code: 0, signal: null });
    const output = built.stdout() + built.stderr();
    expect(output).toContain(`${built.url}/docs`);
    expect(output).toContain('npm run token');
    for (const name of ['jwt-secret', 'sealing-key']) {
      const secret = readFileSync(join(directory, name), 'utf8').trim();
      expect(secret).toMatch(/^[0-9a-f]{64}$/);
      expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
      const bytes = Buffer.from(secret, 'hex');
      for (const form of [secret, secret.toUpperCase(), bytes.toString('base64'), bytes.toString('base64url')]) {
        expect(output).not.toContain(form);
      }
    }
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(existsSync(join(directory, 'kms.sqlite'))).toBe(true);
    expect(statSync(join(directory, 'kms.sqlite')).mode & 0o777).toBe(0o600);
  });
});

/** Sends the head of POST /wallet, and then nothing until `finish`; resolves when the server has read the head. */
async function halfSentRequest(url: string): Promise<{ finish: () => Promise<number | undefined> }> {
  const body = '{"left":"out"}';
  const sent = request(`${url}/zvault/wallet`, {
    method: 'POST',
    headers: { 'X-Jwt-Token': tokenFor('alice'), 'Content-Length': body.length, Expect: '100-continue' },
  });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    sent.once('error', reject).once('response', (response) => {
      response.resume().once('end', () => {
        resolve(response.statusCode);
      });
    });
  });
  // Whoever does not ask for the answer does not mind its absence.
  answered.catch(() => undefined);
  sent.flushHeaders();
  await new Promise<void>((resolve) => sent.once('continue', resolve));
  return {
    finish: () => {
      sent.end(body);
      return answered;
    },
  };
}

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  it('lets a request that is under way end well, and then ends with exit code 0', async () => {
    const environment = { DATA_DIR: newDataDirectory(), JWT_SECRET: SHARED_SECRET, LOG_LEVEL: 'silent' };
    const built = await startBuilt(environment);
    const underWay = await halfSentRequest(built.url);
    built.process.kill(signal);
    await noLongerListening(built.url);
    expect(await underWay.finish()).toBe(200);
    expect(await built.ended).toEqual({ code: 0, signal: null });
    expect(built.stderr()).toBe('');

    const again = await startBuilt(environment);
    const owner = new ApiClient(again.url, { 'X-Jwt-Token': tokenFor('alice') });
    expect(successOf<unknown[]>(await owner.get('/wallets'))).toHaveLength(1);
    again.process.kill(signal);
    expect((await again.ended).code).toBe(0);
  });
});

describe('SIGTERM in a busy moment', () => {
  it('carries out everything that it answers, and nothing by halves', async () => {
    const environment = { DATA_DIR: newDataDirectory(), JWT_SECRET: SHARED_SECRET, LOG_LEVEL: 'silent' };
    const built = await startBuilt(environment);
    const owner = new ApiClient(built.url, { 'X-Jwt-Token': tokenFor('bob') });
    const asked = Array.from({ length: 40 }, () => owner.post('/zvault/generate'));
    await Promise.race(asked);
    built.process.kill('SIGTERM');
    const settled = await Promise.allSettled(asked);
    expect((await built.ended).code).toBe(0);
    // A connection that was not accepted yet may be refused; what is answered is answered truthfully.
    const answers = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    const done = answers.flatMap(({ status, json }) => (status === 200 ? [(json as WireWallet).client_id] : []));
    expect(done.length).toBeGreaterThan(0);

    const again = await startBuilt(environment);
    const then = new ApiClient(again.url, { 'X-Jwt-Token': tokenFor('bob') });
    const kept = successOf<WireSplitKey[]>(await then.get('/wallets')).map(({ client_id }) => client_id);
    expect(kept).toEqual(expect.arrayContaining(done));
    for (const clientId of kept) {
      expect(successOf<{ keys: unknown[] }>(await then.get(`/keys/${clientId}`)).keys).toHaveLength(1);
    }
    again.process.kill('SIGTERM');
    expect((await again.ended).code).toBe(0);
  });

  it('does not wait for ever for a client that never finishes its request', async () => {
    const environment = { DATA_DIR: newDataDirectory(), LOG_LEVEL: 'silent', JWT_SECRET: SHARED_SECRET };
    const built = await startBuilt(environment);
    const unfinished = await halfSentRequest(built.url);
    built.process.kill('SIGTERM');
    expect((await built.ended).code).toBe(0);
    await expect(unfinished.finish()).rejects.toThrow('hang up');
  });
});
