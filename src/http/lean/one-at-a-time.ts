import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests of all connections that wait here at most, each with its body: some tens of megabytes. */
const MOST_WAITING = 8192;

interface Line {
  underWay: ServerResponse;
  readonly waiting: { readonly response: ServerResponse; readonly enter: () => void }[];
}

/**
 * Of a connection one request is under way at a time. Those that are sent without waiting for its answer (pipelining) wait
 * for their turn, and the connection is not read meanwhile, as HTTP/1.1 lets a server do: else a connection has as many
 * requests under way as it likes, and takes the places of those who wait for their answers (docs/adr/0015).
 */
export class OneAtATime {
  readonly #lines = new WeakMap<Socket, Line>();
  #waiting = 0;

  /** @param most requests that wait at a time, of all connections together */
  constructor(private readonly most = MOST_WAITING) {}

  /**
   * `enter` is called at once, or when all that came before on the connection has been answered; never for a connection that
   * is gone by then. Where too many wait already, the connection is closed.
   */
  take(socket: Socket, response: ServerResponse, enter: () => void): void {
    const line = this.#lines.get(socket);
    // Whoever has been answered may have read it before we hear that it was sent.
    if (line === undefined || (line.underWay.writableEnded && line.waiting.length === 0)) {
      if (line === undefined) this.#lines.set(socket, { underWay: response, waiting: [] });
      else line.underWay = response;
      enter();
    } else if (this.#waiting < this.most) this.#wait(socket, line, { response, enter });
    else socket.destroy();
  }

  /** Whether the connection has sent more than the request that is under way. */
  isPipelining(socket: Socket): boolean {
    return (this.#lines.get(socket)?.waiting.length ?? 0) > 0;
  }

  #wait(socket: Socket, line: Line, next: Line['waiting'][number]): void {
    this.#waiting += 1;
    if (line.waiting.push(next) > 1) return;
    const forget = (): void => {
      this.#waiting -= line.waiting.splice(0).length;
    };
    const advance = (): void => {
      const first = line.waiting.shift();
      if (first === undefined) return;
      this.#waiting -= 1;
      line.underWay = first.response;
      if (line.waiting.length > 0) first.response.once('close', advance);
      else {
        socket.off('close', forget);
        socket.resume();
      }
      first.enter();
    };
    socket.once('close', forget);
    line.underWay.once('close', advance);
    // Not before the turn is over: for each request that it finds in what it has in hand Node's parser reads on.
    setImmediate(() => {
      if (line.waiting.length > 0) socket.pause();
    });
  }
}
