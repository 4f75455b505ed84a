import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { RouteLanes } from '../../../src/http/bulkheads/route-lanes.js';
import type { RouteOfUseCase } from '../../../src/http/bulkheads/route-lanes.js';

type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

const doing = (action: RouteOfUseCase['action']): { config: object } => ({ config: { action } });
const nothing = (): string => '';

function lanesOf(asked: Asked): unknown {
  const app = fastify();
  const lanes = new RouteLanes();
  lanes.install(app);
  app.post('/revoke/:client_id', doing('revoke-key'), nothing);
  app.post('/key/:client_id', doing('split-key'), nothing);
  app.get('/key/:client_id', doing('read-key'), nothing);
  app.get('/policy/templates', nothing);
  app.get('/policy/:client_id', doing('read-policy'), nothing);
  app.put('/policy/:client_id', doing('replace-policy'), nothing);
  app.get('/policy/:client_id/revisions', doing('list-revisions'), nothing);
  app.post('/sign/msg', doing('sign-message'), nothing);
  app.get('/metrics', nothing);
  app.get('/docs/*', nothing);
  const { lane, route } = lanes.of(asked as IncomingMessage);
  return [lane, route];
}

const preflight = (url: string, method: string): Asked => ({
  method: 'OPTIONS',
  url,
  headers: { 'access-control-request-method': method },
});

describe('the lane of a route', () => {
  it.each([
    ['POST', '/revoke/abc', 'protective', '/revoke/:client_id'],
    ['POST', '/revoke/abc?now', 'protective', '/revoke/:client_id'],
    ['POST', '/revoke/', 'protective', '/revoke/:client_id'],
    ['POST', '/key/abc', 'making', '/key/:client_id'],
    ['GET', '/key/abc', 'ordinary', '/key/:client_id'],
    ['HEAD', '/key/abc', 'ordinary', '/key/:client_id'],
    ['GET', '/policy/templates', 'ordinary', '/policy/templates'],
    ['PUT', '/policy/abc', 'protective', '/policy/:client_id'],
    ['GET', '/policy/abc', 'ordinary', '/policy/:client_id'],
    ['GET', '/policy/abc/revisions?limit=1', 'ordinary', '/policy/:client_id/revisions'],
    ['GET', '/policy/abc/def/revisions', 'ordinary', 'unmatched'],
    ['GET', '/policy/abc/others', 'ordinary', 'unmatched'],
    ['GET', '/abc/revisions', 'ordinary', 'unmatched'],
    ['POST', '/sign/msg', 'signing', '/sign/msg'],
    ['GET', '/metrics', 'ordinary', '/metrics'],
    ['GET', '/docs/index.html', 'ordinary', '/docs/*'],
    ['GET', '/revoke/abc', 'ordinary', 'unmatched'],
    ['POST', '/revoke/abc/def', 'ordinary', 'unmatched'],
    ['POST', '/nothing', 'ordinary', 'unmatched'],
    ['BREW', '*', 'ordinary', 'unmatched'],
  ])('%s %s is %s, by the pattern', (method, url, lane, route) => {
    expect(lanesOf({ method, url, headers: {} })).toEqual([lane, route]);
  });

  it('of a preflight is that of what it asks about', () => {
    expect(lanesOf(preflight('/revoke/abc', 'POST'))).toEqual(['protective', '/revoke/:client_id']);
    expect(lanesOf(preflight('/sign/msg', 'POST'))).toEqual(['signing', '/sign/msg']);
    expect(lanesOf(preflight('/key/abc', 'GET'))).toEqual(['ordinary', '/key/:client_id']);
  });

  it.each(['/key/:client_id/more/still', '/key/:client_id/:other', '/key/:client_id-more'])(
    'cannot be known of the pattern %s: the server would not start',
    (pattern) => {
      const app = fastify();
      new RouteLanes().install(app);
      expect(() => app.get(pattern, nothing)).toThrow('parameters in other places');
    },
  );
});
