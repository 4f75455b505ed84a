import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { LeanRoutes } from '../../../src/http/lean/lean-routes.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';

const SIGNING_PATHS = ['/sign/msg', '/sign/txn', '/zauth/sign/msg', '/zauth/sign/txn'];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Another server onto which the signing calls' routes are put, if they are declared. */
async function installedOn(declare: (other: FastifyInstance) => void): Promise<FastifyInstance> {
  const other = fastify();
  server.app.get(LeanRoutes).install(other);
  declare(other);
  await other.ready();
  return other;
}

const declaredHandler = (): string => 'served by the declared handler';

describe('the routes that are served without Nest', () => {
  it('keep a server from starting on which nobody declares one of them', async () => {
    const started = installedOn((other) => {
      for (const path of SIGNING_PATHS.slice(1)) other.post(path, declaredHandler);
    });
    await expect(started).rejects.toThrow('no controller declares POST /sign/msg');
  });

  it('are taken over from whoever declares them, and no others are', async () => {
    const other = await installedOn((instance) => {
      for (const path of [...SIGNING_PATHS, '/sign/other']) instance.post(path, declaredHandler);
      instance.get('/sign/msg', declaredHandler);
    });
    const url = await other.listen({ port: 0, host: '127.0.0.1' });
    const textOf = async (method: 'GET' | 'POST', path: string): Promise<string> =>
      (await fetch(`${url}${path}`, { method })).text();
    for (const path of SIGNING_PATHS) expect(await textOf('POST', path)).toContain('X-Peer-Public-Key');
    expect(await textOf('POST', '/sign/other')).toBe(declaredHandler());
    expect(await textOf('GET', '/sign/msg')).toBe(declaredHandler());
    await other.close();
  });
});
