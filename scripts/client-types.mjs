// The client's types of every call, from docs/openapi.json. On stdout; `npm run openapi` puts them into packages/client.
import openapiTS, { astToString } from 'openapi-typescript';
import { inProject, isEntryPoint, readJson } from './project.mjs';

const HEAD = `// Generated from docs/openapi.json: npm run openapi\n\n`;

/** @typedef {{ readonly code?: { readonly enum?: readonly string[] } }} Codes */

/**
 * The text of packages/client/src/openapi.ts.
 *
 * @param {any} document docs/openapi.json
 */
export async function clientTypes(document) {
  const types = astToString(await openapiTS(document, { rootTypes: true, rootTypesNoSchemaPrefix: true }));
  const codes = errorCodesIn(document).map((code) => `  | '${code}'`);
  const union = `/** Every code that an answer of these calls may have. */\nexport type ErrorCode =\n${codes.join('\n')};\n`;
  return `${HEAD}${types}\n${union}`;
}

/**
 * The codes of all refusals: the names of their examples.
 *
 * @param {any} document
 * @returns {string[]}
 */
function errorCodesIn(document) {
  const calls = Object.values(document.paths).flatMap((path) => Object.values(path));
  const answers = calls.flatMap(({ responses }) => Object.values(responses));
  const names = answers.flatMap(({ content }) => Object.keys(content?.['application/problem+json']?.examples ?? {}));
  return [...new Set(names)].sort();
}

if (isEntryPoint(import.meta.url)) process.stdout.write(await clientTypes(readJson(inProject('docs', 'openapi.json'))));
