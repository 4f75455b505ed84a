import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { greeting } from '../../src/start/greeting.js';
import { filesUnder, readProjectFile } from '../architecture/project-files.js';
import { problemOf, successOf } from '../support/api-client.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ OPERATIONS_PORT: '0', ZVAULT_PORT: '0' });
});
afterAll(() => server.stop());

const redirected = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { redirect: 'manual', headers });

describe('the console', () => {
  it('is served with its files under the strictest policy', async () => {
    const page = await server.anonymous().get('/console/');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const files = [...page.text.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, file = '']) => file);
    expect(files).toHaveLength(2);
    const answers = await Promise.all(files.map((file) => server.anonymous().get(`/console/${file}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual(
      files.map(() => 'public, max-age=31536000, immutable'),
    );
    for (const { headers } of [page, ...answers]) {
      expect(headers.get('content-security-policy')).toBe(POLICY);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });

  it('is where / sends a browser, and nobody else', async () => {
    const browser = await redirected('/', { Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' });
    expect([browser.status, browser.headers.get('location')]).toEqual([302, 'console/']);
    expect((await redirected('/console')).headers.get('location')).toBe('console/');
    expect(problemOf(await server.anonymous().get('/'), 404).code).toBe('REQUEST.ROUTE_UNKNOWN');
  });

  it.each([
    '/console/assets/nothing.js',
    '/console/assets/..%2f..%2fpackage.json',
    '/console/package.json',
    '/console/x/',
  ])('has nothing at %s', async (path) => {
    expect((await redirected(path)).status).toBe(404);
  });

  it('is on PORT alone', async () => {
    for (const url of [server.operationsUrl, server.zvaultUrl]) {
      expect((await server.anonymous(url).get('/console/')).status).toBe(404);
    }
  });

  it('can be left out', async () => {
    const without = await startTestServer({ CONSOLE: 'off' });
    expect((await without.anonymous().get('/console/')).status).toBe(404);
    expect((await without.anonymous().get('/')).status).toBe(404);
    expect(without.issueSignInCode).toBeUndefined();
    await without.stop();
  });

  it('is less than 100 kB of JavaScript, compressed, and all of it ours', () => {
    const scripts = filesUnder('packages/console/dist').filter((path) => path.endsWith('.js'));
    const sizes = scripts.map((path) => gzipSync(readProjectFile(path)).length);
    expect(scripts).not.toEqual([]);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
  });

  it('holds no token and no share outside of the memory of its page', () => {
    const sources = filesUnder('packages/console/src');
    const keeps = /localStorage|sessionStorage|indexedDB|document\.cookie|caches\b|serviceWorker/;
    expect(sources.filter((path) => keeps.test(readProjectFile(path)))).toEqual([]);
  });
});

describe('the link that signs in', () => {
  const signIn = (code: unknown): ReturnType<ReturnType<TestServer['anonymous']>['post']> =>
    server.anonymous().post('/console/sign-in', { code });

  it('has a code that is good for a token of alice, once', async () => {
    const code = server.issueSignInCode?.() ?? '';
    expect(code).toMatch(/^[\w-]{43}$/);
    const { token } = successOf<{ token: string }>(await signIn(code));
    const wallets = await server.anonymous().with({ 'X-Jwt-Token': token }).get('/wallets');
    expect(wallets.status).toBe(200);
    expect(problemOf(await signIn(code), 401).code).toBe('TOKEN.INVALID');
  });

  it('has one that is none after ten minutes', async () => {
    const [early, late] = [server.issueSignInCode?.(), server.issueSignInCode?.()];
    server.clock.advanceSeconds(599);
    expect((await signIn(early)).status).toBe(200);
    server.clock.advanceSeconds(1);
    expect(problemOf(await signIn(late), 401).code).toBe('TOKEN.INVALID');
  });

  it.each([
    ['what nobody was given', 'A'.repeat(43)],
    ['nothing', undefined],
    ['a number', 1],
  ])('is not %s', async (_what, code) => {
    expect(problemOf(await signIn(code), 401).code).toBe('TOKEN.INVALID');
  });

  it('is printed at a terminal alone, and logged nowhere', () => {
    const configuration = loadConfiguration({ DATA_DIR: server.dataDirectory });
    expect(greeting(server, configuration, { isTerminal: false })).toContain(`console      ${server.url}/console/\n`);
    const [, code = ''] =
      /console\/#code=([\w-]{43})\n/.exec(greeting(server, configuration, { isTerminal: true })) ?? [];
    expect(code).not.toBe('');
    expect(server.log.join('\n')).not.toContain(code);
  });

  it.each([
    ['beyond the loopback', { HOST: '0.0.0.0' }],
    ['where no secret mints', { JWT_JWKS_URL: 'http://127.0.0.1:9/keys' }],
  ])('is not there %s', async (_where, environment) => {
    const other = await startTestServer(environment);
    expect(other.issueSignInCode).toBeUndefined();
    expect((await other.anonymous().post('/console/sign-in', { code: 'A'.repeat(43) })).status).toBe(404);
    await other.stop();
  });
});
