import { describe, expect, it } from '@jest/globals';
import { readProjectFile } from '../architecture/project-files.js';
import { successOf } from '../support/api-client.js';
import type { OpenApiDocument } from '../support/openapi-document.js';
import { startTestServer } from '../support/test-server.js';

const text = readProjectFile('docs/openapi.json');
const committed = JSON.parse(text) as OpenApiDocument;

/** What the running service says, on whatever port. */
async function servedDocument(): Promise<OpenApiDocument> {
  const server = await startTestServer();
  const document = successOf<OpenApiDocument>(await server.anonymous().get('/openapi.json'));
  await server.stop();
  return document;
}

describe('docs/openapi.json', () => {
  it('is what the service says (when a call has changed: npm run openapi)', async () => {
    expect(committed).toEqual(await servedDocument());
  });

  it('is indented, and has calls and schemas in the order of their names', () => {
    expect(text).toBe(`${JSON.stringify(committed, undefined, 2)}\n`);
    for (const members of [committed.paths, committed.components.schemas]) {
      expect(Object.keys(members)).toEqual(Object.keys(members).toSorted());
    }
  });

  it('says of each member of a body or an answer what it is, or clients could not be typed by it', () => {
    const members = Object.entries(committed.components.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).map(([member, schema]) => ({ name: `${name}.${member}`, schema })),
    );
    const vague = members.filter(
      ({ schema }) =>
        schema.type === 'object' &&
        !('additionalProperties' in schema) &&
        !('properties' in schema) &&
        !('allOf' in schema),
    );
    expect(vague.map(({ name }) => name)).toEqual([]);
  });

  it('has the version of the package', () => {
    const { version } = JSON.parse(readProjectFile('package.json')) as { version: string };
    expect(committed.info.version).toBe(version);
  });
});
