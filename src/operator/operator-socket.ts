import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { StartError } from '../errors/start-error.js';

/** What was sent along with a command, by name; may hold secrets. */
export type Given = Readonly<Record<string, unknown>>;

/** Carries out one command. Rejects with what is to be told; `say` tells how far it is. */
export type OperatorCommand = (given: Given, say: (line: string) => void) => Promise<object>;

/** What an operator can ask of the running service, by name. */
export type OperatorCommands = Readonly<Record<string, OperatorCommand>>;

/** A request is one line; whoever sends more, or nothing, is hung up on. */
const MOST_BYTES = 65_536;
const PATIENCE_MS = 10_000;
/** Bytes of a path that every system takes for a socket (sun_path of macOS, with its end). */
const MOST_PATH_BYTES = 103;

/**
 * A socket in the file system, by which whoever may write the service's files gives it commands: one line of JSON,
 * `{"command":"status"}`, is answered by one, `{"result":…}` or `{"error":"…"}`, before which there may be some that say
 * how far it is, `{"said":"…"}`. The network has no way to it.
 */
export class OperatorSocket {
  readonly #server: Server;
  readonly #connections = new Set<Socket>();
  readonly #underWay = new Set<Promise<void>>();

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

  /** As {@link close}, when what is being carried out has been answered. */
  async end(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    await Promise.all(this.#underWay);
    for (const connection of this.#connections) connection.destroySoon();
    await closed;
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
      const tell = (answer: object): boolean => !socket.writable || socket.write(`${JSON.stringify(answer)}\n`);
      const answered = this.#answer(line, (said) => tell({ said })).then((answer) => {
        tell(answer);
        socket.end();
      });
      this.#underWay.add(answered);
      void answered.finally(() => this.#underWay.delete(answered));
    });
  }

  async #answer(line: string, say: (line: string) => void): Promise<object> {
    const [command, given] = this.#commandIn(line) ?? [];
    if (command === undefined || given === undefined) {
      return { error: `this service knows ${Object.keys(this.commands).join(', ')}` };
    }
    try {
      return { result: await command(given, say) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  #commandIn(line: string): [OperatorCommand, Given] | undefined {
    try {
      const given = JSON.parse(line) as Given;
      const name = given['command'];
      const command = typeof name === 'string' && Object.hasOwn(this.commands, name) ? this.commands[name] : undefined;
      return command === undefined ? undefined : [command, given];
    } catch {
      return undefined;
    }
  }
}
