import { connect } from 'node:net';
import { codeOf } from '../../errors/error-code.js';
import { StartError } from '../../errors/start-error.js';

const MOST_ANSWER_BYTES = 1024 * 1024;

/**
 * Gives the running service a command over its socket. Rejects with `StartError`: it does not run, or not for us, or it
 * says why it could not.
 */
export async function askService(path: string, command: string): Promise<Readonly<Record<string, unknown>>> {
  const line = await exchange(path, `${JSON.stringify({ command })}\n`);
  const answer = parsed(line);
  if (typeof answer?.['error'] === 'string') throw new StartError(`the service says: ${answer['error']}`);
  const result = answer?.['result'];
  if (typeof result !== 'object' || result === null) throw new StartError(`${path} is answered by no service of ours`);
  return result as Readonly<Record<string, unknown>>;
}

function exchange(path: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(path, () => socket.write(line));
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      answer += String(text);
      if (answer.length > MOST_ANSWER_BYTES) socket.destroy();
    });
    socket.on('error', (error) => {
      reject(new StartError(reasonOf(path, codeOf(error))));
    });
    socket.on('close', () => {
      resolve(answer);
    });
  });
}

function reasonOf(path: string, code: string | undefined): string {
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return `no service runs that listens on ${path} (OPERATOR_SOCKET)`;
  if (code === 'EACCES') return `${path} is another user's: run this as the service's own`;
  return `${path} cannot be reached (${code ?? 'unknown error'})`;
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
