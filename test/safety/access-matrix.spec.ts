import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { ACCESS_RULE } from '../../src/identity/access.js';
import { problemOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { stateOwnedBy } from '../support/database-state.js';
import { plainLineOf, visiblePartsOf } from '../support/dialects.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { walletClient } from '../support/wallet-client.js';
import type { WalletClient } from '../support/wallet-client.js';
import { ACCESS_ROWS, isEntitled } from './access-rows.js';
import type { AccessRow } from './access-rows.js';
import { askAs, CALLERS, newWorld, nothing } from './access-world.js';
import type { Asked, Caller, World } from './access-world.js';
import { collectRoutes } from './route-list.js';

let server: TestServer;
let routes: readonly string[];
let client: WalletClient;
beforeAll(async () => {
  ({ started: server, routes } = await collectRoutes(() => startTestServer()));
  client = await walletClient();
});
afterAll(() => server.stop());

/** The row that speaks for a route: its own, or for HEAD that of GET. */
const rowNameOf = (route: string): string => route.replace(/^HEAD /, 'GET ');

/** Every route of the table, HEADs included. */
const TESTED = Object.entries(ACCESS_ROWS).flatMap(([name, row]): [string, AccessRow][] =>
  name.startsWith('GET ')
    ? [
        [name, row],
        [name.replace('GET ', 'HEAD '), row],
      ]
    : [[name, row]],
);

it('knows every route that the server has, and no other', () => {
  expect(routes.length).toBeGreaterThan(60);
  expect(routes.filter((route) => !(rowNameOf(route) in ACCESS_ROWS))).toEqual([]);
  expect(TESTED.map(([name]) => name).filter((name) => !routes.includes(name))).toEqual([]);
});

it('finds a declared access on every handler', () => {
  const controllers = [...server.app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  const handlers = controllers.flatMap(({ metatype }) => {
    const prototype = (metatype as { prototype: Record<string, unknown> }).prototype;
    return Object.getOwnPropertyNames(prototype).map((name) => ({ name, handler: prototype[name] as object }));
  });
  const routed = handlers.filter(({ handler }) => Reflect.hasMetadata(PATH_METADATA, handler));
  expect(routed.length).toBeGreaterThan(20);
  const rules = new Set(routed.map(({ handler }) => Reflect.getMetadata(ACCESS_RULE, handler) as unknown));
  expect([...rules].sort()).toEqual(['partial-signature', 'public', 'token']);
});

/** Sends the row's request as `caller`; a stranger has no user share to sign with. */
function send(world: World, method: string, row: AccessRow, caller: Caller): Promise<Answer> {
  const known = caller === 'stranger' ? { ...world, userShare: world.setUp.userShare } : world;
  return askAs(server, world, caller, method, row.ask(known, client));
}

function expectRefusal(answer: Answer, method: string, asked: Asked, status: number, code: string): void {
  expect(answer.status).toBe(status);
  if (method === 'HEAD') expect(answer.text).toBe('');
  else if (/^\/(zvault|zauth)\//.test(asked.path)) expect(plainLineOf(answer, status)).not.toBe('');
  else expect(problemOf(answer, status).code).toBe(code);
}

describe.each(TESTED)('%s', (name, row) => {
  const [method = ''] = name.split(' ');
  let world: World;
  let before: unknown;
  beforeAll(async () => {
    world = await newWorld(server);
    before = await stateOwnedBy(server, world.owner);
  });

  it.each(CALLERS)('treats %s as the table says, and changes nothing that is not theirs', async (caller) => {
    const answer = await send(world, method, row, caller);
    const asked = row.ask(world, client);
    const needsToken = ['owner', 'recipient', 'reader', 'own'].includes(row.rule);
    if (caller === 'anonymous' && needsToken) {
      expectRefusal(answer, method, asked, 401, 'TOKEN.MISSING');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    } else if (caller === 'expired token' && row.rule !== 'anyone') {
      expectRefusal(answer, method, asked, 401, 'TOKEN.EXPIRED');
    } else if (caller === 'stranger' && row.rule === 'holder') {
      expectRefusal(answer, method, asked, 400, 'SIGNING.PARTIAL_INVALID');
    } else if (!isEntitled(row, caller) && ['owner', 'recipient', 'reader'].includes(row.rule)) {
      await expectNotTheirs(answer, caller);
    } else {
      expect(answer.status).toBe(row.success);
      expectNothingOfTheOwners(answer, caller);
    }
    // A signature leaves its time on the key; nothing else that others do leaves anything.
    if (caller === 'recipient' && row.rule === 'recipient') before = await stateOwnedBy(server, world.owner);
    if (caller !== 'owner' && row.rule !== 'holder') expect(await stateOwnedBy(server, world.owner)).toEqual(before);
  });

  /** As if it did not exist: the same as for a subject that nobody has. */
  async function expectNotTheirs(answer: Answer, caller: Caller): Promise<void> {
    const ofNothing = row.ask(await nothing(), client);
    if (row.refusal === 'refused') {
      expect(plainLineOf(answer)).toBe('this split key cannot be set up');
    } else {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(visiblePartsOf(answer)).toEqual(visiblePartsOf(await askAs(server, world, caller, method, ofNothing)));
    }
  }

  function expectNothingOfTheOwners(answer: Answer, caller: Caller): void {
    const mayHaveTheShare = caller === 'owner' || (caller === 'recipient' && name.endsWith('/wallets/shared'));
    // Its entries name the key that is lent to them.
    const mayKnowTheKey = mayHaveTheShare || (caller === 'recipient' && name.endsWith(' /audit'));
    if (!mayHaveTheShare) expect(answer.text).not.toContain(world.userShare);
    if (!mayKnowTheKey) {
      for (const value of [world.userPublicKey, world.serverPublicKey]) expect(answer.text).not.toContain(value);
    }
    expect(answer.text).not.toContain(world.masterKey);
    if (method === 'HEAD') expect(answer.text).toBe('');
  }
});

describe('the recipient of a share', () => {
  it('finds it in the list of what is shared with them, and nowhere else', async () => {
    const world = await newWorld(server);
    const answer = await askAs(server, world, 'recipient', 'GET', { path: '/wallets/shared' });
    expect(answer.text).toContain(world.userShare);
    for (const path of ['/wallets', `/keys/${world.clientId}`]) {
      expect((await askAs(server, world, 'recipient', 'GET', { path })).text).not.toContain(world.clientId);
    }
  });
});
