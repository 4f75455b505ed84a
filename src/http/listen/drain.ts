import type { Server } from 'node:http';

/** How often connections are looked for whose last request has been answered. */
const SWEEP_MS = 50;

/** A request that is not over by then is cut off: container platforms kill the process after 10 seconds. */
const GRACE_MS = 8_000;

/**
 * Runs `close`, which stops these servers listening, and sees to it that it ends: a server counts as closed only when
 * it has no connection left, and connections are kept alive after their last answer, or never finish a request.
 */
export async function whileDraining(servers: readonly Server[], close: () => Promise<void>): Promise<void> {
  const sweep = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, SWEEP_MS);
  const cutOff = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, GRACE_MS);
  try {
    await close();
  } finally {
    clearInterval(sweep);
    clearTimeout(cutOff);
  }
}
