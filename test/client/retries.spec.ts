import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { KmsClient, KmsError, KmsUnreachableError } from '@split-key-kms/client';
import type { KmsClientOptions } from '@split-key-kms/client';
import { errorOf } from './given-client.js';

const WALLET = 'ab'.repeat(32);
const NAME = { client_id: WALLET, public_key: 'cd'.repeat(64) };

interface Seen {
  readonly call: string;
  readonly key: string | undefined;
}

let stop: () => Promise<void>;
afterEach(() => stop());

/** A service that answers each request as told, the last way for all that follow; and a client that never really waits. */
async function misbehaving(
  answers: readonly ((response: ServerResponse) => void)[],
  options: Partial<KmsClientOptions> = {},
): Promise<{ client: KmsClient; seen: Seen[]; pauses: number[] }> {
  const [seen, pauses]: [Seen[], number[]] = [[], []];
  const service = createServer((request: IncomingMessage, response) => {
    const key = request.headers['idempotency-key'];
    seen.push({ call: `${request.method ?? ''} ${request.url ?? ''}`, key: typeof key === 'string' ? key : undefined });
    request.resume().on('end', () => (answers[seen.length - 1] ?? answers.at(-1))?.(response));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  stop = () =>
    new Promise((resolve) => {
      service.closeAllConnections();
      service.close(() => {
        resolve();
      });
    });
  const pause = (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  return { client: new KmsClient({ url, token: 'a token', pause, ...options }), seen, pauses };
}

const hangsUp = (response: ServerResponse): void => void response.destroy();
const refuses =
  (status: number, code: string, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    const problem = JSON.stringify({ type: 'x', title: 't', status, detail: 'd', code, request_id: 'r' });
    response.writeHead(status, { 'Content-Type': 'application/problem+json', ...headers }).end(problem);
  };
const answers =
  (body: unknown) =>
  (response: ServerResponse): void =>
    void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

describe('a call that got no answer', () => {
  it('is made again where it only reads', async () => {
    const { client, seen } = await misbehaving([hangsUp, hangsUp, answers([])]);
    expect(await client.policies.templates()).toEqual([]);
    expect(seen).toHaveLength(3);
  });

  it('is made again with the same Idempotency-Key where it makes something', async () => {
    const { client, seen } = await misbehaving([hangsUp, answers({ client_id: WALLET })]);
    await client.wallets.create();
    await client.wallets.create();
    expect(seen.map(({ call }) => call)).toEqual(['POST /wallet', 'POST /wallet', 'POST /wallet']);
    expect(seen[0]?.key).toMatch(/^[0-9a-f]{32}$/);
    expect(seen[1]?.key).toBe(seen[0]?.key);
    expect(seen[2]?.key).not.toBe(seen[0]?.key);
  });

  it('is made again where it does no more the second time', async () => {
    const { client, seen } = await misbehaving([hangsUp, answers({})]);
    await client.splitKeys.revoke(NAME);
    expect(seen).toHaveLength(2);
  });

  it.each([
    ['replaces a policy', (client: KmsClient) => client.policies.replace(NAME, {}, '"1"')],
    ['deletes a wallet', (client: KmsClient) => client.wallets.delete(WALLET)],
  ])('is not made again where it %s', async (_what, call) => {
    const { client, seen } = await misbehaving([hangsUp, answers({})]);
    expect(await errorOf(call(client))).toBeInstanceOf(KmsUnreachableError);
    expect(seen).toHaveLength(1);
  });

  it('is made four times at most', async () => {
    const { client, seen, pauses } = await misbehaving([hangsUp]);
    expect(await errorOf(client.policies.templates())).toBeInstanceOf(KmsUnreachableError);
    expect([seen.length, pauses.length]).toEqual([4, 3]);
  });

  it('ends at its time, and at once when its caller gives up', async () => {
    const silent = (): void => undefined;
    const { client, seen } = await misbehaving([silent], { timeoutMs: 30, retries: 1 });
    expect(await errorOf(client.policies.templates())).toBeInstanceOf(KmsUnreachableError);
    expect(seen).toHaveLength(2);
    const signal = AbortSignal.abort(new Error('enough'));
    expect(await errorOf(client.api.GET('/wallets', { signal }))).toEqual(new Error('enough'));
    expect(seen).toHaveLength(2);
  });
});

describe('a call that was refused', () => {
  it.each(['DATABASE.BUSY', 'RATE.LIMITED', 'AUDIT.UNAVAILABLE'])(
    'is made again when %s says that nothing was done, after the time it says',
    async (code) => {
      const refuse = refuses(503, code, { 'Retry-After': '2' });
      const { client, seen, pauses } = await misbehaving([refuse, answers({})]);
      await client.wallets.delete(WALLET);
      expect(seen).toHaveLength(2);
      expect(pauses).toEqual([2000]);
    },
  );

  it('is told at once when it would have to wait too long, and when waiting is of no use', async () => {
    const { client, seen } = await misbehaving([
      refuses(429, 'RATE.LIMITED', { 'Retry-After': '3600' }),
      refuses(503, 'SERVICE.SEALED'),
    ]);
    expect(await errorOf(client.wallets.create())).toMatchObject({ retryable: true, retryAfterSeconds: 3600 });
    expect(await errorOf(client.wallets.create())).toMatchObject({ code: 'SERVICE.SEALED', retryable: false });
    expect(seen).toHaveLength(2);
  });

  it('by something that is not the service has the code UNKNOWN', async () => {
    const page = (response: ServerResponse): void => void response.writeHead(502).end('<html>\nBad gateway');
    const { client } = await misbehaving([page]);
    const error = await errorOf(client.wallets.create());
    expect(error).toBeInstanceOf(KmsError);
    expect(error).toMatchObject({ code: 'UNKNOWN', status: 502, detail: 'the answer has the status 502' });
  });
});
