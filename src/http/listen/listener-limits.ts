/** How long a client may take, in milliseconds. */
export interface ListenerTimeouts {
  /** From the connection, or a request's first byte, to the end of its head. */
  readonly headMs: number;
  /** From a request's first byte to the last one of its body. */
  readonly requestMs: number;
  /** How often it is looked whether somebody has taken longer: so much later may be too late. */
  readonly checkEveryMs: number;
  /** From when a request has come to when it is refused for want of a place. */
  readonly placeMs: number;
}

/**
 * Who floods waits for a place as long as that, and costs a refusal so often; who has few requests waits for some turns. Half
 * as long as proxies usually wait for an answer, and long enough for a slow machine to make what many ask for at once.
 */
const PLACE_MS = 30_000;

export const LISTENER_TIMEOUTS: ListenerTimeouts = {
  headMs: 15_000,
  requestMs: 30_000,
  checkEveryMs: 2_000,
  placeMs: PLACE_MS,
};

/** Bytes of request line and headers. */
export const HEAD_LIMIT_BYTES = 16_384;

/** Characters of path and query; RFC 9110 section 4.1 asks for 8000 at least. */
export const TARGET_LIMIT_CHARACTERS = 8192;

/** Fastify's own 100 is less than a public key, which clients put where a client id belongs. */
export const PATH_PARAMETER_LIMIT_CHARACTERS = 1024;

/**
 * Connections that the system keeps until they are accepted, as far as it keeps so many. Where there is no room, whoever
 * connects tries again after a second and more: with Node's 511 one burst would do that to everybody.
 */
export const BACKLOG = 4096;
