// npm run openapi: installs and builds where needed, and writes docs/openapi.json anew from what the service says.
import { writeFileSync } from 'node:fs';
import { ensureBuild } from './ensure-build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { openApiText } from './openapi-text.mjs';
import { inProject, narrate } from './project.mjs';
import { whileServing } from './serve-built.mjs';

await ensureInstall();
await ensureBuild();
const document = await whileServing(async ({ url }) => (await fetch(`${url}/openapi.json`)).json());
writeFileSync(inProject('docs', 'openapi.json'), openApiText(document));
narrate('docs/openapi.json is what the service says.');
