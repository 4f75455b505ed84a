import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ConnectionLimit } from '../../../src/http/listen/connection-limit.js';

const [ONE, OTHER, PROXY] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'] as const;

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listening(limit: ConnectionLimit): Promise<number> {
  const server = createServer();
  servers.push(server);
  limit.watch(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function open(port: number, localAddress: string): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => undefined);
  sockets.push(socket);
  return socket.resume();
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const openMany = (count: number, port: number, from: string): Socket[] =>
  Array.from({ length: count }, () => open(port, from));

describe('the connections of one address', () => {
  it('are half of all at most, on all ports together; others find theirs', async () => {
    const limit = new ConnectionLimit(8, (address) => address === PROXY);
    const [first, second] = [await listening(limit), await listening(limit)];
    openMany(3, first, ONE);
    openMany(3, second, ONE);
    await until(() => limit.open === 4 && limit.dropped === 2);
    openMany(4, first, OTHER);
    await until(() => limit.open === 8);
    expect(limit.dropped).toBe(2);
  });

  it('are given back when they end', async () => {
    const limit = new ConnectionLimit(4, () => false);
    const port = await listening(limit);
    for (let round = 0; round < 3; round++) {
      const both = openMany(2, port, ONE);
      await until(() => limit.open === 2);
      for (const socket of both) socket.destroy();
      await until(() => limit.open === 0);
    }
    expect(limit.dropped).toBe(0);
  });

  it('are as many as there are behind a proxy', async () => {
    const limit = new ConnectionLimit(6, (address) => address === PROXY);
    const port = await listening(limit);
    openMany(6, port, PROXY);
    await until(() => limit.open === 6);
    expect(limit.dropped).toBe(0);
    openMany(1, port, OTHER);
    await until(() => limit.dropped === 1);
  });
});
