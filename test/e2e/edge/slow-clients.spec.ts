import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listenOnAll } from '../../support/listeners.js';
import type { Listening } from '../../support/listeners.js';
import { RawConnection } from '../../support/raw-connection.js';

const TIMEOUTS = { headMs: 400, requestMs: 600, checkEveryMs: 50 };
const REVOKE = `/revoke/${'a'.repeat(64)}`;

describe.each([{ isTls: false }, { isTls: true }])('a slow client of any listener (TLS: $isTls)', ({ isTls }) => {
  let listening: Listening;
  beforeAll(async () => {
    listening = await listenOnAll({ isTls }, { HTTP_KEEP_ALIVE_SECONDS: '1' }, { timeouts: TIMEOUTS });
  });
  afterAll(() => listening.stop());

  it.each([
    ['head', (prefix: string) => `POST ${prefix}${REVOKE} HTTP/1.1\r\nHost: a\r\n`],
    ['body', (prefix: string) => `POST ${prefix}${REVOKE} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{`],
    [
      'chunk',
      (prefix: string) => `POST ${prefix}${REVOKE} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{`,
    ],
  ])('hears 408 when its %s does not come, and the connection ends', async (missing, bytes) => {
    for (const { url, prefix, form } of listening.places) {
      const connection = await RawConnection.to(url);
      connection.send(bytes(prefix));
      const { status, headers, body } = await connection.answer();
      expect(status).toBe(408);
      expect(headers.get('connection')).toBe('close');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      const id = headers.get('x-request-id');
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      // Of a head that never came nobody knows the path.
      if (form === 'line' && !(missing === 'head' && prefix !== ''))
        expect(body).toBe('the request did not arrive in time\n');
      else expect(JSON.parse(body)).toMatchObject({ code: 'REQUEST.TIMEOUT', status: 408, request_id: id });
      expect(await connection.rest()).toBe('');
    }
  });

  it('hears nothing when it has asked for nothing', async () => {
    for (const { url } of listening.places) {
      const connection = await RawConnection.to(url);
      expect(await connection.rest()).toBe('');
    }
  });

  it('is told for how long its connection is kept, and then loses it without a word', async () => {
    for (const { url } of listening.places) {
      const connection = await RawConnection.to(url);
      connection.send('GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n');
      expect((await connection.answer()).headers.get('keep-alive')).toBe('timeout=1');
      expect(await connection.rest()).toBe('');
    }
  });

  it('that goes away in the middle of its body is no failure of ours', async () => {
    const { log } = listening.server;
    const before = log.length;
    for (const { url, prefix } of listening.places) {
      const connection = await RawConnection.to(url);
      connection.send(
        `POST ${prefix}${REVOKE} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n`,
      );
      await connection.answer();
      connection.send('{');
      connection.close();
    }
    // Whoever stays is answered after those who have gone.
    const last = await RawConnection.to(listening.server.url);
    while (log.slice(before).filter((line) => line.includes('REQUEST.REFUSED')).length < listening.places.length) {
      last.send('GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n');
      await last.answer();
    }
    expect(log.slice(before).filter((line) => /"level":[456]0/.test(line))).toEqual([]);
    last.close();
  });
});
