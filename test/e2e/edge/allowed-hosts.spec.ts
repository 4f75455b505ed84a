import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RawConnection } from '../../support/raw-connection.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  const hosts = { ALLOWED_HOSTS: 'kms.example, 10.0.3.7,[2001:db8::7]' };
  server = await startTestServer({ ...hosts, ZAUTH_PORT: '0', OPERATIONS_PORT: '0' });
});
afterAll(() => server.stop());

interface Asked {
  readonly status: number;
  readonly body: string;
}

async function ask(url: string, target: string, host: string | undefined): Promise<Asked> {
  const connection = await RawConnection.to(url);
  const version = host === undefined ? '1.0' : '1.1';
  connection.send(`GET ${target} HTTP/${version}\r\n${host === undefined ? '' : `Host: ${host}\r\n`}\r\n`);
  const answer = await connection.answer();
  connection.close();
  return answer;
}

describe('ALLOWED_HOSTS', () => {
  it.each(['kms.example', 'KMS.example', 'kms.example:8443', '10.0.3.7', '10.0.3.7:80', '[2001:db8::7]:443'])(
    'serves %s',
    async (host) => {
      expect((await ask(server.url, '/restrictions/catalogue', host)).status).toBe(200);
    },
  );

  it.each([
    'other.example',
    'kms.example.evil.example',
    'evil.example/kms.example',
    'a@kms.example',
    '',
    'kms.example:x',
  ])('refuses "%s"', async (host) => {
    const { status, body } = await ask(server.url, '/restrictions/catalogue', host);
    expect([status, JSON.parse(body)]).toEqual([421, expect.objectContaining({ code: 'REQUEST.MISDIRECTED' })]);
  });

  it('wants the name of an absolute target to be one too, and some name of HTTP/1.0', async () => {
    const path = '/restrictions/catalogue';
    expect((await ask(server.url, `http://kms.example${path}`, 'kms.example')).status).toBe(200);
    expect((await ask(server.url, `http://evil.example${path}`, 'kms.example')).status).toBe(421);
    expect((await ask(server.url, `http://kms.example${path}`, 'evil.example')).status).toBe(421);
    expect((await ask(server.url, path, undefined)).status).toBe(421);
  });

  it('is told in a line in the SDK dialect', async () => {
    const { status, body } = await ask(server.zauthUrl ?? '', '/key/x', 'evil.example');
    expect([status, body]).toEqual([421, 'Host: is not a name that this service is served under\n']);
  });

  it('lets probers ask for health, and operators for metrics, by address', async () => {
    for (const url of [server.url, server.zauthUrl ?? '']) {
      expect((await ask(url, '/health/live', '127.0.0.1')).status).toBe(200);
    }
    expect((await ask(server.operationsUrl ?? '', '/metrics', '127.0.0.1:9090')).status).toBe(200);
  });
});
