import type { Answer, ApiClient } from './api-client.js';

/** The parts of an OpenAPI 3.0 document that the tests look at. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, Media>> }>
  >;
  readonly security?: OpenApiDocument['security'];
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'header' | 'query';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Media {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
}

/** Every operation of the document with its method, in capitals, and its path. */
export function operationsOf(
  document: OpenApiDocument,
): readonly { readonly method: string; readonly path: string; readonly operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** What Swagger UI shows for a schema: its example, else one made of its properties, else a value of its type. */
export function sampleOf(document: OpenApiDocument, schema: Schema): unknown {
  if (schema.$ref !== undefined) return sampleOf(document, schemaAt(document, schema.$ref));
  const [form] = schema.oneOf ?? [];
  if (form !== undefined) return sampleOf(document, form);
  if (schema.example !== undefined) return schema.example;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.properties !== undefined) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, sampleOf(document, property)]),
    );
  }
  if (schema.type === 'array') return schema.items === undefined ? [] : [sampleOf(document, schema.items)];
  return { string: 'string', integer: 0, number: 0, boolean: true, object: {} }[schema.type ?? 'string'];
}

/** The schema that a reference names; throws when there is none. */
export function schemaAt(document: OpenApiDocument, reference: string): Schema {
  const schema = document.components.schemas[reference.replace('#/components/schemas/', '')];
  if (schema === undefined) throw new Error(`${reference} resolves to nothing`);
  return schema;
}

/**
 * Does what "Try it out" and "Execute" do with nothing changed: required parameters and the body as the document
 * gives them. @param pasted values for parameters whose example cannot stand in a document
 */
export function executeAsShown(
  client: ApiClient,
  document: OpenApiDocument,
  method: string,
  path: string,
  pasted: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`${method} ${path} is not documented`);
  const value = (parameter: Parameter): string =>
    pasted[parameter.name] ?? String(sampleOf(document, parameter.schema));
  const required = (operation.parameters ?? []).filter((parameter) => parameter.required === true);
  const inPath = required.filter((parameter) => parameter.in === 'path');
  const url = inPath.reduce((text, parameter) => text.replace(`{${parameter.name}}`, value(parameter)), path);
  const inQuery = required.filter((parameter) => parameter.in === 'query');
  const query = new URLSearchParams(
    Object.fromEntries(inQuery.map((parameter) => [parameter.name, value(parameter)])),
  ).toString();
  const headers = required.filter((parameter) => parameter.in === 'header');
  const withHeaders = client.with(Object.fromEntries(headers.map((parameter) => [parameter.name, value(parameter)])));
  const schema = operation.requestBody?.content['application/json']?.schema;
  return withHeaders.send(
    method,
    query === '' ? url : `${url}?${query}`,
    schema === undefined ? undefined : sampleOf(document, schema),
  );
}
