import { RawConnection } from './raw-connection.js';
import type { TestServer } from './test-server.js';

const LANES = ['protective', 'signing', 'ordinary', 'making'] as const;

export type Lane = (typeof LANES)[number];

export interface LaneCount {
  readonly underWay: number;
  readonly waiting: number;
}

/** How many requests of each lane have a place or wait for one; the one that asks is of the ordinary lane. */
export async function requestsOf(server: TestServer): Promise<Readonly<Record<Lane, LaneCount>>> {
  const { text } = await server.anonymous().get('/metrics');
  const count = (name: string, lane: Lane): number =>
    Number(new RegExp(`^kms_http_requests_${name}\\{lane="${lane}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
  const counts = LANES.map((lane) => [lane, { underWay: count('under_way', lane), waiting: count('waiting', lane) }]);
  return Object.fromEntries(counts) as Record<Lane, LaneCount>;
}

/** Resolves when so many are there; fails with the test's own time-out if they never are. */
export async function untilThere(server: TestServer, lane: Lane, expected: LaneCount): Promise<void> {
  for (;;) {
    const { underWay, waiting } = (await requestsOf(server))[lane];
    if (underWay === expected.underWay && waiting === expected.waiting) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The head of a request, and of its body the beginning: the rest is still to come. */
export async function begin(url: string, target: string, token: string): Promise<RawConnection> {
  const connection = await RawConnection.to(url);
  connection.send(`${target} HTTP/1.1\r\nHost: kms\r\nX-Jwt-Token: ${token}\r\nContent-Length: 2\r\n\r\n{`);
  return connection;
}
