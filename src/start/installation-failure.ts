const NATIVE_MODULE = 'the native module better-sqlite3';

/** What to do when a package, or the native module of better-sqlite3, cannot be loaded; `undefined` for other errors. */
export function installationFailure(code: unknown, message: string): string | undefined {
  if (code === 'ERR_DLOPEN_FAILED') return unloadable(message);
  // The first is bindings', which better-sqlite3 12 looks its file up with; the second is Node's about 13's.
  if (/^Could not locate the bindings file|^Cannot find module '[^']+\.node'/.test(message)) {
    return `${NATIVE_MODULE} is missing: run npm ci, with its install script allowed`;
  }
  // By its name alone: of a package whose file it may not open Node says that the file is a missing package.
  const [, name] = /^Cannot find (?:package|module) '((?:@[\w.-]+\/)?[\w-][\w.-]*)'/.exec(message) ?? [];
  return name === undefined ? undefined : `the package ${name} is not installed: run npm ci`;
}

/** Node's own text is many lines about another version, or the dynamic loader's. */
function unloadable(message: string): string {
  const isOfOther = message.includes('NODE_MODULE_VERSION') || message.includes('did not self-register');
  const why = isOfOther ? 'was made for another version of Node.js' : 'cannot be loaded on this system';
  const { node, versions } = { node: process.version, versions: process.versions.modules };
  return `${NATIVE_MODULE} ${why}; this is ${node} (ABI ${versions}): run npm ci with it`;
}
