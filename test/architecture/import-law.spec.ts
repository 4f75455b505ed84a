import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cruise } from './cruise.js';
import { PROJECT } from './project-files.js';
import { LAWFUL_FILES, UNLAWFUL_IMPORTS } from './unlawful-imports.js';

interface ImportLaw {
  readonly forbidden: readonly { readonly name: string; readonly severity: string }[];
}

// A type is enough to break most of the law: `import type`, as the tempted would write it.
const unlawful = UNLAWFUL_IMPORTS.map(({ file, imports, value }) => [
  file,
  `import ${value ? '' : 'type '}* as target from '${imports}';\nexport type Nothing = typeof target;\n`,
]);
const violations = cruise({ ...LAWFUL_FILES, ...(Object.fromEntries(unlawful) as Record<string, string>) });
const law = createRequire(import.meta.url)(join(PROJECT, '.dependency-cruiser.cjs')) as ImportLaw;

describe('the import law', () => {
  it.each(UNLAWFUL_IMPORTS)('$rule refuses that $file imports $imports', ({ rule, file }) => {
    expect(violations).toContainEqual({ rule, from: file });
  });

  it('lets lawful imports pass', () => {
    // The other half of the cycle is as guilty as the first.
    const innocent = Object.keys(LAWFUL_FILES).filter((file) => file !== 'src/events/egg.ts');
    expect(violations.filter(({ from }) => innocent.includes(from))).toEqual([]);
  });

  it('has no rule that has not been seen to refuse something', () => {
    const seen = new Set(UNLAWFUL_IMPORTS.map(({ rule }) => rule));
    expect(law.forbidden.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
  });

  it('has no rule that only warns', () => {
    expect(law.forbidden.filter(({ severity }) => severity !== 'error')).toEqual([]);
  });
});
