/**
 * Node's own arguments for the server, also in the Dockerfile's CMD and in the README. With some hundred requests in
 * flight V8's usual 16 MiB for young objects fill while most of them are still under way; they are then copied about and
 * kept too long, which costs throughput and, in the end, more memory than this room.
 */
const ALWAYS = ['--max-semi-space-size=64'];

/**
 * SIGUSR1 opens no debugger, not even before the server's first line has run. From Node 22.14 on; earlier ones do not
 * start with an argument that they do not know.
 */
const WHERE_KNOWN = ['--disable-sigusr1'];

export const SERVER_NODE_ARGUMENTS = [
  ...ALWAYS,
  ...WHERE_KNOWN.filter((name) => process.allowedNodeEnvironmentFlags.has(name)),
];
