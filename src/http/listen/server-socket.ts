import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long what the client still sends is taken, so that it reads our answer before it hears of the reset. */
const LINGER_MS = 1000;

/**
 * What Node keeps on a server's connection. Its types do not show it, but its own handling of client errors reads the
 * same. Where it were missing, answers of malformed requests would only lose their place in line.
 */
interface ServerSocket extends Duplex {
  /** The answer whose turn it is. */
  readonly _httpMessage?: ServerResponse | null;
  /** Its `incoming` is the request that is being read, or the last one that was. */
  readonly parser?: { readonly incoming?: IncomingMessage | null } | null;
}

/** The request whose body was being read when the connection's data turned out to be malformed or late. */
export function requestBeingRead(socket: Duplex): IncomingMessage | undefined {
  const incoming = (socket as ServerSocket).parser?.incoming;
  return incoming === null || incoming === undefined || incoming.complete ? undefined : incoming;
}

/** Calls back when every request that came before has been answered: answers come in the order of requests. */
export function afterAnswersUnderWay(socket: Duplex, then: () => void): void {
  const answer = (socket as ServerSocket)._httpMessage;
  if (answer === null || answer === undefined) {
    then();
    return;
  }
  answer.once('close', () => {
    // Only after this event is the next one in line.
    setImmediate(() => {
      afterAnswersUnderWay(socket, then);
    });
  });
}

/** Sends these bytes as the last ones of the connection. */
export function endConnection(socket: Duplex, bytes: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  // Whoever is gone by now does not matter any more.
  socket.on('error', () => undefined);
  socket.end(bytes);
  const linger = setTimeout(() => {
    socket.destroy();
  }, LINGER_MS);
  socket.once('close', () => {
    clearTimeout(linger);
  });
  socket.resume();
}
