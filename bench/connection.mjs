import { connect } from 'node:net';

/**
 * One kept-alive HTTP/1.1 connection with one request on it at a time. Far cheaper than an HTTP client: the load
 * generator shares the machine's cores with what it measures. Understands only answers with a Content-Length, which
 * are all that the service gives.
 */
export class Connection {
  #port;
  #socket;
  #received = '';
  #onAnswer;

  /** Resolves nothing, calls back: `onAnswer(status, text)`, with status 0 when the connection was lost instead. */
  constructor(port) {
    this.#port = port;
    this.#open();
  }

  send(bytes, onAnswer) {
    if (this.#socket.destroyed || this.#socket.closed) this.#open();
    this.#onAnswer = onAnswer;
    this.#socket.write(bytes);
  }

  close() {
    this.#socket.destroy();
  }

  #open() {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    this.#received = '';
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (socket === this.#socket) this.#answered(0, '');
    });
  }

  #read(chunk) {
    this.#received += chunk.latin1Slice();
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

  #answered(status, text) {
    const tell = this.#onAnswer;
    this.#onAnswer = undefined;
    tell?.(status, text);
  }
}
