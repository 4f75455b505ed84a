import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listenOnAll } from '../../support/listeners.js';
import type { Listening, Place } from '../../support/listeners.js';
import { RawConnection } from '../../support/raw-connection.js';
import type { WireAnswer } from '../../support/raw-connection.js';
import { ODD_REQUESTS } from './odd-requests.js';

const HEALTH = 'GET /health/live HTTP/1.1\r\nHost: kms.example\r\n\r\n';

/** Fails the test unless the answer has the form of its place, and what every answer has. */
function expectForm({ headers, body, status }: WireAnswer, form: Place['form'], code: string): void {
  const id = headers.get('x-request-id');
  if (form === 'line') {
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(body).toMatch(/^[^\r\n{"]+\n$/);
  } else {
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(body)).toMatchObject({ code, status, request_id: id });
  }
}

function expectUsualHeaders({ headers }: WireAnswer): void {
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(headers.get('date')).toMatch(/GMT$/);
}

describe.each([{ isTls: false }, { isTls: true }])('every listener (TLS: $isTls)', ({ isTls }) => {
  let listening: Listening;
  beforeAll(async () => {
    listening = await listenOnAll({ isTls });
  });
  afterAll(() => listening.stop());

  it.each(ODD_REQUESTS)('answers $name alike: $status', async (odd) => {
    const { bytes, status, code, isKept } = odd;
    const hasNoPath = odd.hasNoPath === true || (isTls && odd.isLong === true);
    for (const { name, url, prefix, form } of listening.places) {
      const connection = await RawConnection.to(url);
      connection.send(bytes(prefix));
      const answer = await connection.answer();
      expect([name, answer.status]).toEqual([name, status]);
      expectUsualHeaders(answer);
      if (code !== undefined) expectForm(answer, hasNoPath && prefix !== '' ? 'problem' : form, code);
      expect(answer.body).not.toMatch(/node_modules|\.[jt]s\b|HPE_|FST_/);
      expect(answer.headers.get('connection')).toBe(isKept ? 'keep-alive' : 'close');
      expect(answer.headers.get('keep-alive')).toBe(isKept ? 'timeout=72' : undefined);
      if (isKept) {
        connection.send(HEALTH);
        expect((await connection.answer()).status).toBe(200);
      } else {
        // An answer may be followed by nothing that a proxy could take for the next one.
        expect(await connection.rest()).toBe('');
      }
      connection.close();
    }
  });

  it('says of a first line beyond 16 KiB that one or the other is too long', async () => {
    for (const { url, prefix } of listening.places) {
      const connection = await RawConnection.to(url);
      connection.send(`GET ${prefix}/${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`);
      const { status } = await connection.answer();
      // Where it comes in one piece it can be told which.
      expect(isTls ? [414, 431] : [414]).toContain(status);
      expect(await connection.rest()).toBe('');
    }
  });

  it('lets a body come after 100 Continue', async () => {
    for (const { url, prefix } of listening.places) {
      const connection = await RawConnection.to(url);
      const headers = 'Host: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n';
      connection.send(`POST ${prefix}/revoke/${'a'.repeat(64)} HTTP/1.1\r\n${headers}\r\n`);
      expect((await connection.answer()).status).toBe(100);
      connection.send('{}');
      expect((await connection.answer()).status).toBe(401);
      connection.close();
    }
  });

  it('answers what was asked before it answers what cannot be read', async () => {
    for (const { url } of listening.places) {
      const connection = await RawConnection.to(url);
      connection.send(`${HEALTH}${HEALTH}NONSENSE\r\n\r\n`);
      expect([await connection.answer(), await connection.answer()].map(({ status }) => status)).toEqual([200, 200]);
      expect((await connection.answer()).status).toBe(400);
      expect(await connection.rest()).toBe('');
    }
  });

  it('answers a request whose sender stops in the middle', async () => {
    for (const { url, prefix } of listening.places) {
      const connection = await RawConnection.to(url);
      connection.send(`GET ${prefix}/wallets HTTP/1.1\r\nHost: a\r\n`);
      connection.finish();
      expect((await connection.answer()).status).toBe(400);
    }
  });

  it('logs and counts what it refused by itself, with the request id', async () => {
    const connection = await RawConnection.to(listening.server.url);
    connection.send(`POST /wallet HTTP/1.1\r\nHost: a\r\nExpect: the-unexpected\r\n\r\n`);
    const id = (await connection.answer()).headers.get('x-request-id');
    const lines = listening.server.log.filter((line) => line.includes(String(id)));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('REQUEST.EXPECTATION_FAILED');
    expect(lines[0]).not.toContain('the-unexpected');
    const metrics = await listening.server
      .anonymous(listening.server.url)
      .get('/metrics')
      .catch(() => undefined);
    // `fetch` does not trust the test's certificate.
    if (!isTls) {
      expect(metrics?.text).toContain('kms_unauthenticated_refusals_total{code="REQUEST.EXPECTATION_FAILED"}');
      expect(metrics?.text).toContain('kms_http_requests_total{method="unread",route="unmatched",status="400"}');
    }
  });
});
