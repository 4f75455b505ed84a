import type { Socket } from 'node:net';
import { RETRY_AFTER_SECONDS } from '../errors/error-answer.js';

const RETRY_AFTER_MS = RETRY_AFTER_SECONDS * 1000;

/** How long who did not wait is made to wait at most. Longer than who waits, or it would pay to ask too soon. */
const KEPT_MS = 2 * RETRY_AFTER_MS;

/** How often it is looked whether there is room. */
const SWEEP_MS = 10;

/** Requests that wait at most; each may hold the beginning of an unread body (16 KiB). */
const MOST_WAITING = 8192;

interface Connection {
  toldAtMs: number;
  isWaiting: boolean;
}

/** How many may come in: of all that wait, and of those that share with the request. */
export interface Room {
  readonly all: () => number;
  readonly own: () => number;
}

interface Waiting {
  readonly socket: Socket;
  readonly connection: Connection;
  readonly dueAtMs: number;
  readonly room: Room;
  readonly enter: () => void;
}

/**
 * Backpressure on clients: holds them to the `Retry-After` that they were told. A connection that was refused for want
 * of room and asks again sooner is not refused again at once: the request waits, until there is room, but twice as long
 * as it was told to at most. Otherwise those who do not wait cost so much in refusals that little is left for signing,
 * and a hundred connections that ask again and again stop everybody else (docs/adr/0015).
 *
 * It is a courtesy between the service and a connection, nothing that security rests on: whoever opens a new connection
 * is a newcomer.
 */
export class WaitingRoom {
  readonly #connections = new WeakMap<Socket, Connection>();
  #waiting: Waiting[] = [];
  #sweep: NodeJS.Timeout | undefined;

  /** @param onChange is told how many wait, whenever that changes */
  constructor(private readonly onChange: (waiting: number) => void) {}

  /** To be called whenever a request of this connection is told to try again later. */
  told(socket: Socket): void {
    const toldAtMs = performance.now();
    const connection = this.#connections.get(socket);
    if (connection === undefined) this.#connections.set(socket, { toldAtMs, isWaiting: false });
    else connection.toldAtMs = toldAtMs;
  }

  /** Whether a request of this connection waits. */
  isWaiting(socket: Socket): boolean {
    return this.#connections.get(socket)?.isWaiting === true;
  }

  /**
   * Keeps a request whose connection should not have asked yet; says whether it did. `enter` is called once, when
   * `room` says that there is some, oldest first but for those whose share is used up, or when the time is over, room or
   * not; never for a connection that is gone.
   *
   * One request of a connection waits: see {@link OneAtATime}.
   */
  keep(socket: Socket, room: Room, enter: () => void): boolean {
    const connection = this.#connections.get(socket);
    if (connection === undefined || this.#waiting.length >= MOST_WAITING) return false;
    const now = performance.now();
    if (now - connection.toldAtMs >= RETRY_AFTER_MS) return false;
    connection.isWaiting = true;
    this.#waiting.push({ socket, connection, dueAtMs: now + KEPT_MS, room, enter });
    this.onChange(this.#waiting.length);
    this.#sweep ??= setInterval(() => {
      this.#letIn();
    }, SWEEP_MS);
    return true;
  }

  #letIn(): void {
    const now = performance.now();
    const [leaving, staying] = this.#parted(now);
    this.#waiting = staying;
    if (leaving.length > 0) this.onChange(this.#waiting.length);
    if (this.#waiting.length === 0) {
      clearInterval(this.#sweep);
      this.#sweep = undefined;
    }
    for (const { socket, connection, enter } of leaving) {
      connection.isWaiting = false;
      // Who comes straight back waits again, while others wait.
      connection.toldAtMs = now;
      if (!socket.destroyed) enter();
    }
  }

  /** Who leaves now, and who stays. Whoever is due has come before whoever is not. */
  #parted(now: number): readonly [leaving: Waiting[], staying: Waiting[]] {
    const leaving: Waiting[] = [];
    const staying: Waiting[] = [];
    for (const [index, waiting] of this.#waiting.entries()) {
      const { socket, dueAtMs, room } = waiting;
      const isOver = socket.destroyed || dueAtMs <= now;
      // Whoever enters takes a place only after the body has been read.
      if (!isOver && room.all() <= leaving.length) return [leaving, [...staying, ...this.#waiting.slice(index)]];
      if (isOver || room.own() > leaving.length) leaving.push(waiting);
      else staying.push(waiting);
    }
    return [leaving, staying];
  }
}
