import { lookup } from 'node:dns/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { loadConfiguration } from '../../../src/config/load-configuration.js';
import { Listeners } from '../../../src/http/listen/listeners.js';
import { listenOnAll } from '../../support/listeners.js';
import { RawConnection } from '../../support/raw-connection.js';

it('HOST=localhost listens on every address of that name, with every port', async () => {
  const addresses = await lookup('localhost', { all: true });
  const listening = await listenOnAll({ isTls: false }, { HOST: 'localhost' });
  for (const { url } of listening.places) {
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    for (const { address, family } of addresses) {
      const connection = await RawConnection.to(url.replace('localhost', family === 6 ? `[${address}]` : address));
      connection.send('NONSENSE\r\n\r\n');
      expect((await connection.answer()).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  }
  await listening.stop();
});

it('an address that this machine does not have keeps no other from being listened on', async () => {
  const listeners = new Listeners(loadConfiguration({}), 10);
  const made: Server[] = [];
  const create = (): Server => {
    const server = createServer();
    made.push(server);
    return server;
  };
  const first = create();
  await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve));
  // The second is set aside for documentation (RFC 5737).
  await listeners.listenBeside(first, create, ['203.0.113.1', '127.0.0.2']);
  expect(made.map((server) => server.listening)).toEqual([true, false, true]);
  expect(made[2]?.address()).toMatchObject({ address: '127.0.0.2', port: (first.address() as AddressInfo).port });
  for (const server of made) server.close();
});
