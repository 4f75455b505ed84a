import { connect } from 'node:net';

/** @typedef {(status: number, text: string) => void} OnAnswer */

/**
 * One kept-alive HTTP/1.1 connection with one request on it at a time. Far cheaper than an HTTP client: the load
 * generator shares the machine's cores with what it measures. Understands only answers with a Content-Length, which
 * are all that the service gives.
 */
export class Connection {
  /** @type {number} */
  #port;
  /** @type {string | undefined} */
  #from;
  /** @type {import('node:net').Socket} */
  #socket;
  #received = '';
  /** @type {OnAnswer | undefined} */
  #onAnswer;

  /**
   * Resolves nothing, calls back: `onAnswer(status, text)`, with status 0 when the connection was lost instead.
   *
   * @param {number} port
   * @param {string} [from] the loopback address that it comes from
   */
  constructor(port, from) {
    this.#port = port;
    this.#from = from;
    this.#socket = this.#open();
  }

  /**
   * @param {Uint8Array} bytes
   * @param {OnAnswer} onAnswer
   */
  send(bytes, onAnswer) {
    if (this.#socket.destroyed || this.#socket.closed) this.#socket = this.#open();
    this.#onAnswer = onAnswer;
    this.#socket.write(bytes);
  }

  close() {
    this.#socket.destroy();
  }

  #open() {
    const socket = connect({ port: this.#port, host: '127.0.0.1', localAddress: this.#from, noDelay: true });
    this.#received = '';
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (socket === this.#socket) this.#answered(0, '');
    });
    return socket;
  }

  /** @param {Buffer} chunk */
  #read(chunk) {
    this.#received += chunk.toString('latin1');
    const end = this.#received.indexOf('\r\n\r\n');
    if (end === -1) return;
    const head = this.#received.slice(0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(head);
    if (length === null) throw new Error(`an answer without Content-Length: ${head}`);
    const body = this.#received.slice(end + 4);
    if (body.length < Number(length[1])) return;
    this.#received = '';
    this.#answered(Number(head.slice(9, 12)), body);
  }

  /**
   * @param {number} status
   * @param {string} text
   */
  #answered(status, text) {
    const tell = this.#onAnswer;
    this.#onAnswer = undefined;
    tell?.(status, text);
  }
}
