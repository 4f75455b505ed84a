import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { freshUser, refusedInBothDialects, sending, VAULT_DIALECTS } from '../../support/dialects.js';
import type { VaultUser } from '../../support/dialects.js';
import { CONTENT_TYPES_OF_JSON, MALFORMED_BODIES } from '../../support/malformed.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { A_PUBLISHED_WALLET } from '../../support/wallet-vectors.js';
import type { WireSplitKey } from '../../support/wire-types.js';

/** Longest body that is read, bytes (wire.md section 1). */
const LIMIT = 64 * 1024;

let server: TestServer;
let owner: VaultUser;
let key: WireSplitKey;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  const user = freshUser(server, 'alice');
  await user.documented.post('/store', { private_key: A_PUBLISHED_WALLET.private_key });
  key = successOf<WireSplitKey>(await user.documented.post(`/key/${A_PUBLISHED_WALLET.client_id}`), 201);
  owner = sending(user, { 'X-Peer-Public-Key': key.peer_public_key });
});
afterAll(() => server.stop());

interface CallWithBody {
  readonly call: string;
  readonly send: (client: ApiClient, body: string | Uint8Array) => Promise<Answer>;
  /** How many KiB a body may have; 64 if absent. */
  readonly mostKiB?: number;
  /** A body that succeeds. */
  readonly good: () => Record<string, unknown>;
}

/** Every call of ZVault that reads a body and that both dialects have. */
const CALLS: readonly CallWithBody[] = [
  {
    call: 'POST /store',
    send: (client, body) => client.post('/store', body),
    good: () => ({ private_key: A_PUBLISHED_WALLET.private_key, mnemonic: '' }),
  },
  {
    call: 'POST /key/:client_id',
    // A policy may be long.
    mostKiB: 256,
    send: (client, body) => client.post(`/key/${key.client_id}`, body),
    good: () => ({ restrictions: ['token_transfers'], expires_at: 0 }),
  },
  {
    call: 'POST /share',
    send: (client, body) => client.post('/share', body),
    good: () => ({ public_key: key.public_key, target_user_id: 'bob' }),
  },
  {
    call: 'POST /revoke/:client_id',
    send: (client, body) => client.post(`/revoke/${key.client_id}`, body),
    good: () => ({ public_key: key.public_key }),
  },
  {
    call: 'PUT /restrictions/:client_id',
    send: (client, body) => client.put(`/restrictions/${key.client_id}`, body),
    good: () => ({ restrictions: ['token_transfers'] }),
  },
];

const asJson = (user: VaultUser): VaultUser => sending(user, { 'Content-Type': 'application/json' });

describe.each(CALLS)('$call', ({ send, good, mostKiB = 64 }) => {
  it.each(MALFORMED_BODIES)('refuses a body that is or has: $what', async ({ body }) => {
    const problem = await refusedInBothDialects(asJson(owner), (client) => send(client, body));
    expect(problem.code).toBe('REQUEST.MALFORMED_JSON');
  });

  it.each(CONTENT_TYPES_OF_JSON)('reads JSON sent as $what', async ({ headers }) => {
    const client = sending(owner, headers);
    for (const { dialect } of VAULT_DIALECTS) {
      const { status } = await send(client[dialect], JSON.stringify(good()));
      expect([200, dialect === 'sdk' ? 200 : 201]).toContain(status);
    }
  });

  it('reads JSON sent without a Content-Type', async () => {
    for (const { dialect } of VAULT_DIALECTS) {
      // Bytes, for which fetch adds no header of its own.
      const { status } = await send(owner[dialect], Buffer.from(JSON.stringify(good())));
      expect([200, dialect === 'sdk' ? 200 : 201]).toContain(status);
    }
  });

  it.each(['extra', 'userId', '__proto__', 'constructor', 'toString', ''])(
    'refuses the unknown field "%s" in the documented API and ignores it in the SDK dialect',
    async (field) => {
      const body = `${JSON.stringify(good()).slice(0, -1)},${JSON.stringify(field)}:{"expires_at":1}}`;
      const { documented, sdk } = asJson(owner);
      expect((await send(documented, body)).json).toMatchObject({ status: 400, code: 'REQUEST.UNKNOWN_FIELD' });
      expect((await send(sdk, body)).status).toBe(200);
    },
  );

  it.each([
    '{"constructor":{"prototype":1}}',
    '[{"constructor":{}}]',
    '{"constructor":null}',
    '{"__proto__":null}',
    '{"toString":1,"valueOf":1}',
    '{"then":1}',
    '{"length":1,"0":"a"}',
  ])('refuses the value %s in every field as any other malformed one', async (value) => {
    for (const field of Object.keys(good())) {
      const rest = JSON.stringify({ ...good(), [field]: undefined }).slice(0, -1);
      const body = `${rest}${rest === '{' ? '' : ','}"${field}":${value}}`;
      const problem = await refusedInBothDialects(asJson(owner), (client) => send(client, body));
      expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field });
    }
  });

  it('refuses field names in another letter case in the documented API', async () => {
    const entries = Object.entries(good()).map(([name, value]) => [name.toUpperCase(), value]);
    const answer = await send(asJson(owner).documented, JSON.stringify(Object.fromEntries(entries)));
    expect(answer.json).toMatchObject({ status: 400, code: 'REQUEST.UNKNOWN_FIELD' });
  });

  it('reads a body of exactly what it may have and refuses one byte more', async () => {
    const most = mostKiB * 1024;
    const text = JSON.stringify(good());
    const { sdk } = asJson(owner);
    expect((await send(sdk, text.padEnd(most, ' '))).status).toBe(200);
    const problem = await refusedInBothDialects(
      asJson(owner),
      (client) => send(client, text.padEnd(most + 1, ' ')),
      413,
    );
    expect(problem.code).toBe('REQUEST.BODY_TOO_LARGE');
  });
});

describe('a body that is too large and comes without its length', () => {
  it('is refused as one with its length', async () => {
    const problem = await refusedInBothDialects(
      owner,
      (client) => sendInChunks(`${client.baseUrl}/revoke/${key.client_id}`),
      413,
    );
    expect(problem.code).toBe('REQUEST.BODY_TOO_LARGE');
  });

  async function sendInChunks(url: string): Promise<Answer> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'X-Jwt-Token': server.token(owner.id) },
      body: new Blob(['{"a":"', 'x'.repeat(LIMIT), '"}']).stream(),
      duplex: 'half',
    });
    const text = await response.text();
    const isProblem = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, text, json: isProblem ? JSON.parse(text) : undefined };
  }
});

describe('a call that needs a body', () => {
  it.each(CALLS.filter(({ call }) => ['POST /store', 'POST /share', 'PUT /restrictions/:client_id'].includes(call)))(
    'is refused without one: $call',
    async ({ send }) => {
      for (const user of [owner, asJson(owner)]) {
        const problem = await refusedInBothDialects(user, (client) => send(client, ''));
        expect(problem.code).toBe('REQUEST.MALFORMED_JSON');
      }
    },
  );
});

describe('an unknown route', () => {
  it.each(['/nothing', '/key', '/keys', '/Wallets', '/wallets/', '/setup'])(
    'answers 404 in both forms: %s',
    async (path) => {
      const problem = await refusedInBothDialects(owner, (client) => client.post(path), 404);
      expect(problem).toMatchObject({ status: 404, code: 'REQUEST.ROUTE_UNKNOWN' });
    },
  );
});
