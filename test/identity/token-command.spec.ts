import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { kmsHere } from '../cli/kms-here.js';
import { startGuardedApp } from './guarded-app.js';
import { AUDIENCE, ISSUER, KEYS, SECRET, spkiPem } from './issuer.js';
import { TestClock } from './test-clock.js';

interface Ran {
  readonly code: number;
  readonly out: string[];
  readonly error: string[];
}

describe('the token command', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'kms-token-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  async function run(words: string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
    const given = { clock: new TestClock() };
    const { code, out, error } = await kmsHere(['token', ...words], { DATA_DIR: directory, ...environment }, given);
    const linesOf = (text: string): string[] => (text === '' ? [] : text.trimEnd().split('\n'));
    return { code, out: linesOf(out), error: linesOf(error) };
  }

  async function userAfter(seconds: number, token: string, environment: NodeJS.ProcessEnv): Promise<unknown> {
    const clock = new TestClock();
    const app = await startGuardedApp(environment, clock);
    clock.advanceSeconds(seconds);
    const { userId, code } = await app.get('/token', ['X-Jwt-Token', token]);
    await app.close();
    return userId ?? code;
  }

  it('prints one token and nothing else, and the service accepts it', async () => {
    const { code, out, error } = await run(['alice'], { JWT_SECRET: SECRET });
    expect({ code, error, lines: out.length }).toEqual({ code: 0, error: [], lines: 1 });
    expect(await userAfter(12 * 3600 - 1, out[0] ?? '', { JWT_SECRET: SECRET })).toBe('alice');
    expect(await userAfter(12 * 3600, out[0] ?? '', { JWT_SECRET: SECRET })).toBe('TOKEN.EXPIRED');
  });

  it('makes the secret that the service then starts with', async () => {
    const { out } = await run(['alice', '--hours', '1']);
    const secret = readFileSync(join(directory, 'jwt-secret'), 'latin1').trim();
    expect(statSync(join(directory, 'jwt-secret')).mode & 0o777).toBe(0o600);
    expect(await userAfter(3599, out[0] ?? '', { JWT_SECRET: secret })).toBe('alice');
    expect(await userAfter(3600, out[0] ?? '', { JWT_SECRET: secret })).toBe('TOKEN.EXPIRED');
  });

  it('names the issuer and audience that the service expects', async () => {
    const environment = { JWT_SECRET: SECRET, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE };
    expect(await userAfter(0, (await run(['alice'], environment)).out[0] ?? '', environment)).toBe('alice');
  });

  it.each([
    [[]],
    [['']],
    [['alice', 'bob']],
    [['ali\u0000ce']],
    [['alice', '--hours']],
    [['alice', '--hours', '0']],
    [['alice', '--hours', '-1']],
    [['alice', '--hours', '1.5']],
    [['alice', '--hours', '8761']],
    [['alice', '--hours', 'Infinity']],
    [['alice', '--days', '1']],
  ])('says what is wrong when called with %j, and makes nothing', async (words) => {
    const { code, out, error } = await run(words);
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(error[0]).toMatch(/^(error: |cannot make a token: (the user|--hours) must be )/);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('says that it cannot mint when only a public key is configured', async () => {
    const { code, out, error } = await run(['alice'], { JWT_PUBLIC_KEY: spkiPem(KEYS.p256.publicKey) });
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(error).toEqual([expect.stringContaining('JWT_PUBLIC_KEY')]);
  });

  it('passes on in one line what is wrong with the configuration', async () => {
    expect(await run(['alice'], { PORT: 'many' })).toEqual({
      code: 2,
      out: [],
      error: ['cannot make a token: PORT must be a whole number from 0 to 65535'],
    });
  });
});
