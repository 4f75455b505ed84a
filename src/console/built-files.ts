import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `npm run build` has made of packages/console; the image has it in the same place. */
const FOLDER = fileURLToPath(new URL('../../packages/console/dist/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface BuiltFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/**
 * The files of the console by their paths below it (`index.html`, `assets/…`), all of them in memory: they are few and
 * small, and what a request names is so never looked for on the disk. Undefined if the console was not built.
 */
export function builtFiles(): ReadonlyMap<string, BuiltFile> | undefined {
  const files = new Map<string, BuiltFile>();
  for (const folder of ['', 'assets']) {
    for (const name of namesIn(join(FOLDER, folder))) {
      const type = TYPES[extname(name)];
      if (type === undefined) continue;
      files.set(folder === '' ? name : `${folder}/${name}`, { type, bytes: readFileSync(join(FOLDER, folder, name)) });
    }
  }
  return files.has('index.html') ? files : undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
