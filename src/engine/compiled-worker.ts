/**
 * The compiled worker that lies at `path` from the module that asks (`import.meta.url`). Node 20 cannot load TypeScript
 * in a worker thread, so where the sources themselves run, in the tests, it is the build's.
 */
export function compiledWorker(path: string, module: string): URL {
  const sources = module.lastIndexOf('/src/');
  const compiled = module.endsWith('.ts') ? `${module.slice(0, sources)}/dist/${module.slice(sources + 5)}` : module;
  return new URL(path, compiled);
}
