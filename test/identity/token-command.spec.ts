import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runTokenCommand } from '../../src/cli/token.js';
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
    const out: string[] = [];
    const error: string[] = [];
    const output = { out: (line: string) => out.push(line), error: (line: string) => error.push(line) };
    const code = await runTokenCommand(words, output, { DATA_DIR: directory, ...environment }, new TestClock());
    return { code, out, error };
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
  ])('shows how it is used when called with %j', async (words) => {
    const { code, out, error } = await run(words);
    expect({ code, out }).toEqual({ code: 1, out: [] });
    expect(error).toEqual([expect.stringContaining('usage:')]);
  });

  it('says that it cannot mint when only a public key is configured', async () => {
    const { code, out, error } = await run(['alice'], { JWT_PUBLIC_KEY: spkiPem(KEYS.p256.publicKey) });
    expect({ code, out }).toEqual({ code: 1, out: [] });
    expect(error).toEqual([expect.stringContaining('JWT_PUBLIC_KEY')]);
  });

  it('passes on in one line what is wrong with the configuration', async () => {
    expect(await run(['alice'], { PORT: 'many' })).toEqual({
      code: 1,
      out: [],
      error: ['PORT must be a whole number from 0 to 65535'],
    });
  });
});
