import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { StartError } from '../errors/start-error.js';

/** What an operator can ask of the running service, by name. Rejects with what is to be told. */
export type OperatorCommands = Readonly<Record<string, () => Promise<object>>>;

/** A request is one line; whoever sends more, or nothing, is hung up on. */
const MOST_BYTES = 4096;
const PATIENCE_MS = 10_000;
/** Bytes of a path that every system takes for a socket (sun_path of macOS, with its end). */
const MOST_PATH_BYTES = 103;

/**
 * A socket in the file system, by which whoever may write the service's files gives it commands: one line of JSON,
 * `{"command":"status"}`, is answered by one, `{"result":…}` or `{"error":"…"}`. The network has no way to it.
 */
export class OperatorSocket {
  readonly #server: Server;
  readonly #connections = new Set<Socket>();

  private constructor(
    private readonly path: string,
    private readonly commands: OperatorCommands,
  ) {
    this.#server = createServer((socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
      this.#serve(socket);
    });
  }

  /**
   * Listens for its own user alone. What a killed process has left there is replaced: whoever calls owns the database, so
   * no other process serves it. Rejects with `StartError`.
   */
  static async open(path: string, commands: OperatorCommands): Promise<OperatorSocket> {
    if (Buffer.byteLength(path) > MOST_PATH_BYTES) {
      throw new StartError(`OPERATOR_SOCKET must be a path of at most ${MOST_PATH_BYTES} bytes (${path})`);
    }
    const socket = new OperatorSocket(path, commands);
    try {
      await socket.#listen();
    } catch (error) {
      const { code = 'unknown error' } = error as NodeJS.ErrnoException;
      throw new StartError(`OPERATOR_SOCKET cannot be made (${path}: ${code})`, { cause: error });
    }
    return socket;
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #listen(): Promise<void> {
    rmSync(this.path, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      // The socket is made within the call, so nobody else's file gets these permissions.
      const before = process.umask(0o177);
      this.#server.listen(this.path, resolve);
      process.umask(before);
    });
    chmodSync(this.path, 0o600);
    this.#server.on('error', () => undefined);
  }

  #serve(socket: Socket): void {
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    // Whoever hangs up has heard enough.
    socket.on('error', () => undefined);
    let bytes = 0;
    socket.on('data', (data) => {
      bytes += data.length;
      if (bytes > MOST_BYTES) socket.destroy();
    });
    createInterface(socket).once('line', (line) => {
      // What it takes, takes as long as it takes.
      socket.setTimeout(0);
      void this.#answer(line).then((answer) => socket.end(`${JSON.stringify(answer)}\n`));
    });
  }

  async #answer(line: string): Promise<object> {
    const command = this.#commandIn(line);
    if (command === undefined) return { error: `this service knows ${Object.keys(this.commands).join(', ')}` };
    try {
      return { result: await command() };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  #commandIn(line: string): (() => Promise<object>) | undefined {
    try {
      const { command } = JSON.parse(line) as { readonly command?: unknown };
      return typeof command === 'string' && Object.hasOwn(this.commands, command) ? this.commands[command] : undefined;
    } catch {
      return undefined;
    }
  }
}
