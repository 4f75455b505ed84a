import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { PreparedRequest } from './prepared-requests.js';

/** A client of its own connections, which keeps asking for signatures and checks every answer. */
export interface SteadyLoad {
  /**
   * Asks for `seconds`, at most `perSecond` of them (as fast as answers come if absent) and `inFlight` at a time.
   * Resolves with the answers per second; rejects on the first answer that is not the right signature.
   */
  readonly drive: (options: { seconds: number; inFlight: number; perSecond?: number }) => Promise<number>;
  /** Closes its connections. */
  readonly disconnect: () => void;
}

export function steadyLoad(url: string, requests: readonly PreparedRequest[]): SteadyLoad {
  const agent = new Agent({ keepAlive: true });
  const bodies = requests.map(({ key, hash, partial, right }) => ({
    headers: { 'Content-Type': 'application/json', 'X-Peer-Public-Key': key.userPublicKey },
    body: JSON.stringify({ hash, signature: partial, client_id: key.clientId }),
    right,
  }));
  const ask = async (index: number): Promise<void> => {
    const asked = bodies[index % bodies.length];
    if (asked === undefined) throw new Error('nothing to ask');
    const { status, text } = await post(`${url}/sign/msg`, agent, asked.headers, asked.body);
    if (status !== 200 || text !== asked.right) throw new Error(`expected a signature, got ${status}: ${text}`);
  };
  return {
    drive: async ({ seconds, inFlight, perSecond = Number.POSITIVE_INFINITY }) => {
      const startedAt = performance.now();
      const until = startedAt + seconds * 1000;
      let asked = 0;
      const loop = async (): Promise<void> => {
        while (performance.now() < until) {
          const index = asked++;
          const early = startedAt + (index * 1000) / perSecond - performance.now();
          if (early > 0) await delay(early);
          await ask(index);
        }
      };
      await Promise.all(Array.from({ length: inFlight }, loop));
      return (asked * 1000) / (performance.now() - startedAt);
    },
    disconnect: () => {
      agent.destroy();
    },
  };
}

function post(
  url: string,
  agent: Agent,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('error', reject).once('end', () => {
        resolve({ status: response.statusCode, text });
      });
    });
    sent.once('error', reject).end(body);
  });
}
