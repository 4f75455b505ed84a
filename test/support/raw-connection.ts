import { connect as connectPlain } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { CERTIFICATE } from '../config/tls-files.js';

/** One answer, taken apart by hand. */
export interface WireAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A connection that sends bytes as they are, and takes the answers apart one after the other. */
export class RawConnection {
  #received = '';
  #wake: () => void = () => undefined;
  #isOver = false;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (text: string) => {
      this.#received += text;
      this.#wake();
    });
    for (const event of ['end', 'error', 'close']) {
      socket.on(event, () => {
        this.#isOver = true;
        this.#wake();
      });
    }
  }

  /** Connects to a listener, in TLS if its address says so. */
  static async to(url: string): Promise<RawConnection> {
    const { hostname, port, protocol } = new URL(url);
    const host = hostname.replaceAll(/[[\]]/g, '');
    const isTls = protocol === 'https:';
    const socket = isTls
      ? connectTls({ host, port: Number(port), ca: CERTIFICATE, servername: 'localhost' })
      : connectPlain(Number(port), host);
    await new Promise((resolve, reject) => {
      socket.once(isTls ? 'secureConnect' : 'connect', resolve).once('error', reject);
    });
    return new RawConnection(socket);
  }

  send(bytes: string): void {
    this.socket.write(bytes, 'latin1');
  }

  /** Sends no more, but goes on reading. */
  finish(): void {
    this.socket.end();
  }

  /** The next answer; fails when the connection ends before it is whole. */
  async answer(): Promise<WireAnswer> {
    await this.#until(() => this.#received.includes('\r\n\r\n'));
    const [head = ''] = this.#received.split('\r\n\r\n', 1);
    const [statusLine = '', ...lines] = head.split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) \S/.exec(statusLine)?.[1]);
    if (Number.isNaN(status)) throw new Error(`no status line: ${statusLine}`);
    const headers = new Map(lines.map((line) => parted(line)));
    if (headers.size < lines.length) throw new Error(`a header came twice: ${head}`);
    const end = head.length + 4 + Number(headers.get('content-length') ?? 0);
    await this.#until(() => this.#received.length >= end);
    const body = this.#received.slice(head.length + 4, end);
    this.#received = this.#received.slice(end);
    return { status, headers, body };
  }

  /** What comes until the server ends the connection. */
  async rest(): Promise<string> {
    await this.#until(() => this.#isOver);
    return this.#received;
  }

  close(): void {
    this.socket.destroy();
  }

  async #until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      if (this.#isOver) throw new Error(`the connection ended after: ${this.#received}`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

function parted(line: string): [string, string] {
  const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(line) ?? [];
  return [name.toLowerCase(), value];
}
