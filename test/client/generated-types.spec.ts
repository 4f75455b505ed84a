import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PROJECT, readProjectFile } from '../architecture/project-files.js';

describe("the client's types", () => {
  it('are those of docs/openapi.json (when a call has changed: npm run openapi)', () => {
    const generated = execFileSync(process.execPath, [join(PROJECT, 'scripts', 'client-types.mjs')], {
      encoding: 'utf8',
      maxBuffer: 16 * 1024 * 1024,
    });
    expect(readProjectFile('packages/client/src/openapi.ts') === generated).toBe(true);
  });
});
