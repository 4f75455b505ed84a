/**
 * The compiled worker that belongs to this module. Node 20 cannot load TypeScript in a worker thread, so where the
 * sources themselves run, in the tests, it is the build's.
 */
export function curveWorkerFile(): URL {
  const here = import.meta.url;
  const compiled = here.endsWith('.ts') ? here.replace('/src/auth/', '/dist/auth/') : here;
  return new URL('../thread/curve-worker.js', compiled);
}
