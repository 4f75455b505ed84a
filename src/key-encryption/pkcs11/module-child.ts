// The child process in which a PKCS#11 module runs: foreign code that may crash or hang must not take the service along.
// It is forked by module-process.ts, reads the PIN from its standard input, and does one thing after the other.
import { KeyEncryptionError } from '../key-encryption-error.js';
import { openSession } from './open-session.js';
import type { Answer, ModuleFailure, Question, SetUp, Started } from './protocol.js';
import type { TokenSession } from './token-session.js';

// They are for the service, which ends its child itself when it has no more to ask; a terminal sends them to both.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
// Whoever asked is gone, however it went.
process.once('disconnect', () => process.exit(0));

async function readPin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const pin = Buffer.concat(chunks);
  const text = pin.toString('utf8');
  for (const bytes of [pin, ...chunks]) bytes.fill(0);
  return text;
}

function failureOf(error: unknown): ModuleFailure {
  if (error instanceof KeyEncryptionError) return { reason: error.reason, message: error.message };
  return { reason: 'unavailable', message: 'the PKCS#11 module failed' };
}

function answerTo(session: TokenSession, question: Question): Answer {
  const { id } = question;
  try {
    return { id, bytes: session.compute(question) };
  } catch (error) {
    return { id, ...failureOf(error) };
  }
}

function serve(session: TokenSession): void {
  process.on('message', (question: Question) => {
    send(answerTo(session, question));
  });
}

function send(message: Started | Answer, sent: () => void = () => undefined): void {
  process.send?.(message, undefined, undefined, sent);
}

process.once('message', ({ key }: SetUp) => {
  void readPin().then((pin) => {
    try {
      const session = openSession(key, pin);
      serve(session);
      send({ fingerprint: session.fingerprint });
    } catch (error) {
      send(failureOf(error), () => process.exit(1));
    }
  });
});
