import { readFileSync } from 'node:fs';

/** The parts of `test/vectors/field-cases.json`, what was found in the field; each test says which shape its part has. */
export function fieldCases<Part>(name: string): Part {
  const cases = JSON.parse(readFileSync(new URL('../vectors/field-cases.json', import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >;
  if (!(name in cases)) throw new Error(`field-cases.json has no ${name}`);
  return cases[name] as Part;
}
