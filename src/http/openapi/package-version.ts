import { readFileSync } from 'node:fs';

/** The version in package.json, which stands beside src and dist alike, in the image too. Throws when it is not there. */
export function packageVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { readonly version: string };
  return version;
}
