// npm run openapi: installs and builds where needed, and writes docs/openapi.json anew from what the service says, and from
// that the types of packages/client.
import { writeFileSync } from 'node:fs';
import { ensureBuild } from './ensure-build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { openApiText } from './openapi-text.mjs';
import { inProject, narrate } from './project.mjs';
import { whileServing } from './serve-built.mjs';

await ensureInstall();
await ensureBuild();
// Only now is its generator installed for certain.
const { clientTypes } = await import('./client-types.mjs');
const document = await whileServing(async ({ url }) => (await fetch(`${url}/openapi.json`)).json());
const text = openApiText(document);
writeFileSync(inProject('docs', 'openapi.json'), text);
writeFileSync(inProject('packages', 'client', 'src', 'openapi.ts'), await clientTypes(JSON.parse(text)));
narrate("docs/openapi.json is what the service says, and the client's types are its.");
