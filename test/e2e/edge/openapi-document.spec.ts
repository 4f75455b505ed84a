import { PATH_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERROR_CATALOGUE } from '../../../src/errors/error-catalogue.js';
import { problemOf, successOf } from '../../support/api-client.js';
import { operationsOf, schemaAt } from '../../support/openapi-document.js';
import type { OpenApiDocument } from '../../support/openapi-document.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';

let server: TestServer;
let document: OpenApiDocument;
beforeAll(async () => {
  server = await startTestServer();
  document = successOf<OpenApiDocument>(await server.anonymous().get('/openapi.json'));
});
afterAll(() => server.stop());

/** Every route of every controller, as OpenAPI writes paths. */
function routesOfTheApp(): readonly string[] {
  const modules = [...server.app.get(ModulesContainer).values()];
  return modules.flatMap(({ controllers }) =>
    [...controllers.values()].flatMap(({ metatype }) => (metatype === null ? [] : routesOf(metatype))),
  );
}

function routesOf(controller: object): readonly string[] {
  const { prototype } = controller as { prototype: Record<string, object> };
  const prefixes = [metadata(PATH_METADATA, controller)].flat() as string[];
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    const path = handler === undefined ? undefined : (metadata(PATH_METADATA, handler) as string | undefined);
    if (name === 'constructor' || handler === undefined || path === undefined) return [];
    const method = RequestMethod[metadata(METHOD_METADATA, handler) as RequestMethod];
    return prefixes.map((prefix) => `${method} ${openApiPath(`/${prefix}/${path}`)}`);
  });
}

const metadata = (key: string, target: object): unknown => Reflect.getMetadata(key, target) as unknown;

const openApiPath = (path: string): string =>
  path
    .replaceAll(/\/+/g, '/')
    .replace(/(.)\/$/, '$1')
    .replaceAll(/:(\w+)/g, '{$1}');

const named = (operations: ReturnType<typeof operationsOf>): string[] =>
  operations.map(({ method, path }) => `${method} ${path}`);

/** Everything in the document that is an object, with the way to it. */
function* objectsIn(value: unknown, way = '#'): Generator<readonly [string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [way, value as Record<string, unknown>];
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner, `${way}/${key}`);
}

describe('/openapi.json', () => {
  it('is OpenAPI 3.0 with a title, a version and a way to authorize', () => {
    expect(document.openapi).toMatch(/^3\.0\.\d$/);
    expect(document.info).toMatchObject({
      title: expect.stringContaining('ZVault'),
      version: expect.stringMatching(/^\d/),
    });
    expect(document.components.securitySchemes).toMatchObject({
      token: { type: 'apiKey', in: 'header', name: 'X-Jwt-Token' },
      bearer: { type: 'http', scheme: 'bearer' },
    });
    expect(document.security).toEqual([{ token: [] }, { bearer: [] }]);
  });

  it('holds every route of the app, the repeated ones of the SDK dialect left out, and nothing else', () => {
    const routes = routesOfTheApp();
    const atRoot = routes.filter((route) => !/ \/(zvault|zauth)\//.test(route));
    const repeated = (route: string): boolean => atRoot.includes(route.replace(/\/(zvault|zauth)\//, '/'));
    const sdkOnly = routes.filter((route) => !atRoot.includes(route) && !isTheSameCall(route, repeated));
    expect(named(operationsOf(document)).sort()).toEqual([...atRoot, ...sdkOnly].sort());
    expect(routes.length).toBeGreaterThan(35);
  });

  it('gives every operation a name of its own, a summary, a known tag and an answer for success', () => {
    const operations = operationsOf(document);
    const tags = (document as unknown as { tags: { name: string }[] }).tags.map(({ name }) => name);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { operation } of operations) {
      expect(operation.summary).toMatch(/^[A-Z].{10,100}[^.]$/);
      expect(operation.tags).toHaveLength(1);
      expect(tags).toContain(operation.tags?.[0]);
      expect(Object.keys(operation.responses).filter((status) => status.startsWith('2'))).toHaveLength(1);
    }
  });

  it('declares every parameter of every path, and describes every header', () => {
    for (const { path, operation } of operationsOf(document)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const parameters = operation.parameters ?? [];
      expect(parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name)).toEqual(inPath);
      for (const parameter of parameters) {
        const type = parameter.name === 'limit' ? 'integer' : 'string';
        const isOptional = parameter.in === 'query' && parameter.name !== 'client_id';
        const required = !isOptional && parameter.name !== 'Idempotency-Key';
        expect(parameter).toMatchObject({ required, schema: { type } });
      }
    }
  });

  it('documents the errors of every call that can refuse, in the form of its dialect', () => {
    const open = [
      '/audit/checkpoint',
      '/audit/key',
      '/audit/{entry}/proof',
      '/metrics',
      '/health/live',
      '/health/ready',
      '/restrictions/catalogue',
      '/policy/templates',
    ];
    for (const { method, path, operation } of operationsOf(document).filter((each) => !open.includes(each.path))) {
      const errors = Object.entries(operation.responses).filter(([status]) => !status.startsWith('2'));
      expect([`${method} ${path}`, errors.map(([status]) => status)]).toEqual([
        `${method} ${path}`,
        expect.arrayContaining(['400', '401', '500', '503']),
      ]);
      const form = /^\/(zvault|zauth)\//.test(path) ? 'text/plain' : 'application/problem+json';
      for (const [, { content }] of errors) expect(Object.keys(content ?? {})).toEqual([form]);
      if (operation.requestBody !== undefined) expect(operation.responses).toHaveProperty('413');
    }
  });

  it('gives of each documented error an example with its own status and a code of the catalogue', () => {
    let examples = 0;
    for (const { operation } of operationsOf(document)) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        for (const [code, { value }] of Object.entries(content?.['application/problem+json']?.examples ?? {})) {
          expect(value).toMatchObject({ status: Number(status), code });
          expect(Object.keys(ERROR_CATALOGUE)).toContain(code);
          examples += 1;
        }
      }
    }
    expect(examples).toBeGreaterThan(100);
  });

  it('resolves every reference and requires no property that it does not define', () => {
    let references = 0;
    for (const [way, object] of objectsIn(document)) {
      if (typeof object['$ref'] === 'string') {
        schemaAt(document, object['$ref']);
        references += 1;
      }
      if (Array.isArray(object['required']) && typeof object['properties'] === 'object') {
        expect([way, Object.keys(object['properties'] ?? {})]).toEqual([
          way,
          expect.arrayContaining(object['required']),
        ]);
      }
    }
    expect(references).toBeGreaterThan(30);
  });

  it('says of the calls without a token that they need none', () => {
    const withoutToken = operationsOf(document).filter(({ operation }) => operation.security !== undefined);
    expect(named(withoutToken).sort()).toEqual([
      'GET /audit/checkpoint',
      'GET /audit/key',
      'GET /audit/{entry}/proof',
      'GET /health/live',
      'GET /health/ready',
      'GET /metrics',
      'GET /policy/templates',
      'GET /restrictions/catalogue',
      'POST /sign/msg',
      'POST /sign/txn',
    ]);
  });

  it('tells the truth about who needs a token', async () => {
    for (const { method, path, operation } of operationsOf(document).filter(
      (each) => each.operation.security === undefined,
    )) {
      const answer = await server.anonymous().send(method, path.replace('{client_id}', 'a'.repeat(64)));
      expect([operation.operationId, answer.status]).toEqual([operation.operationId, 401]);
      if (!path.startsWith('/z')) expect(problemOf(answer, 401).code).toBe('TOKEN.MISSING');
    }
  });

  it('tells nothing of where it was made', async () => {
    expect((await server.anonymous().get('/openapi.json')).text).not.toMatch(/localhost|127\.0\.0\.1|\/home\/|\.ts\b/);
  });
});

/** `/revoke`, `/delete` and PUT `/restrictions` stand at the root as ZVault's; ZAuth's own are other calls. */
function isTheSameCall(route: string, repeated: (route: string) => boolean): boolean {
  const isZauthsOwn = / \/zauth\/(revoke|delete|restrictions)\//.test(route);
  return repeated(route) && !isZauthsOwn;
}
