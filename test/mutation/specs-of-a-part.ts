// All specs of the part that `npm run test:mutation` tries, as one: what they test is loaded once a change, not once a
// spec. No spec itself by its name, so that nothing else runs it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../docs/documents.js';

/** How the paths of the specs begin. */
const beginnings = (process.env['MUTATION_SPECS'] ?? '').split(',').filter((beginning) => beginning !== '');
const specs = readdirSync(join(PROJECT, 'test'), { recursive: true, encoding: 'utf8' })
  .map((path) => `test/${path}`)
  .filter((path) => path.endsWith('.spec.ts') && beginnings.some((beginning) => path.startsWith(beginning)))
  .sort();

const idle = beginnings.filter((beginning) => !specs.some((path) => path.startsWith(beginning)));
if (beginnings.length === 0 || idle.length > 0) throw new Error(`MUTATION_SPECS: no spec is at ${idle.join(', ')}`);

for (const path of specs) await import(join(PROJECT, path));
