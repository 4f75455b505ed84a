/**
 * Node's own arguments for the server, also in the Dockerfile's CMD and in the README. With some hundred requests in
 * flight V8's usual 16 MiB for young objects fill while most of them are still under way; they are then copied about and
 * kept too long, which costs throughput and, in the end, more memory than this room.
 */
export const SERVER_NODE_ARGUMENTS = ['--max-semi-space-size=64'];
