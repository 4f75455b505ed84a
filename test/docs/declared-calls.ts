import { successOf } from '../support/api-client.js';
import { operationsOf } from '../support/openapi-document.js';
import type { OpenApiDocument } from '../support/openapi-document.js';
import { startTestServer } from '../support/test-server.js';

/** One call of the OpenAPI document. */
export interface DeclaredCall {
  /** Such as `POST /key/:client_id`. */
  readonly name: string;
  readonly tags: readonly string[];
  /** The error codes that it declares. */
  readonly codes: readonly string[];
}

/** Every call that the running service declares. */
export async function declaredCalls(): Promise<DeclaredCall[]> {
  const server = await startTestServer();
  const document = successOf<OpenApiDocument>(await server.anonymous().get('/openapi.json'));
  await server.stop();
  return operationsOf(document).map(({ method, path, operation: { tags = [], responses } }) => ({
    name: `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    tags,
    codes: Object.values(responses).flatMap(({ description }) => codesIn(description)),
  }));
}

function codesIn(description: string): string[] {
  return [...description.matchAll(/`([A-Z_.]+)`: /g)].map(([, code = '']) => code);
}
