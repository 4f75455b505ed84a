import { connect } from 'node:net';
import type { KmsConfiguration } from '../../config/configuration.js';
import { codeOf } from '../../errors/error-code.js';
import { StartError } from '../../errors/start-error.js';

const MOST_ANSWER_BYTES = 1024 * 1024;

/** What the service answered, by name. */
export type Answer = Readonly<Record<string, unknown>>;

/** What is sent along with a command; may hold secrets. */
export type Sent = Readonly<Record<string, unknown>>;

/** Where the service is asked. Throws `StartError` where it has no place for a socket. */
export function operatorSocketIn({ operatorSocket }: Pick<KmsConfiguration, 'operatorSocket'>): string {
  if (operatorSocket === undefined) throw new StartError('the service has no OPERATOR_SOCKET');
  return operatorSocket;
}

/**
 * Gives the running service a command over its socket. `say` hears how far it is. Rejects with `StartError`: it does not
 * run, or not for us, or it says why it could not.
 */
export async function askService(
  path: string,
  command: string,
  sent: Sent = {},
  say: (line: string) => void = () => undefined,
): Promise<Answer> {
  const line = await exchange(path, `${JSON.stringify({ ...sent, command })}\n`, say);
  const answer = parsed(line);
  if (typeof answer?.['error'] === 'string') throw new StartError(`the service says: ${answer['error']}`);
  const result = answer?.['result'];
  if (typeof result !== 'object' || result === null) throw new StartError(`${path} is answered by no service of ours`);
  return result as Answer;
}

/** The last line of what is answered; those before it say how far it is. */
function exchange(path: string, line: string, say: (line: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let [begun, last] = ['', ''];
    const socket = connect(path, () => socket.write(line));
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      const lines = `${begun}${String(text)}`.split('\n');
      begun = lines.pop() ?? '';
      for (const one of lines) {
        last = one;
        const said = parsed(one)?.['said'];
        if (typeof said === 'string') say(said);
      }
      if (begun.length > MOST_ANSWER_BYTES) socket.destroy();
    });
    socket.on('error', (error) => {
      reject(new StartError(reasonOf(path, codeOf(error))));
    });
    socket.on('close', () => {
      resolve(last === '' ? begun : last);
    });
  });
}

function reasonOf(path: string, code: string | undefined): string {
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return `no service runs that listens on ${path} (OPERATOR_SOCKET)`;
  if (code === 'EACCES') return `${path} is another user's: run this as the service's own`;
  return `${path} cannot be reached (${code ?? 'unknown error'})`;
}

function parsed(line: string): Answer | undefined {
  try {
    return JSON.parse(line) as Answer;
  } catch {
    return undefined;
  }
}
