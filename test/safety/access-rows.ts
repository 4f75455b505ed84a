import { setUpBody } from '../support/foreign-split-key.js';
import { bodyOf, hashOf, transfer } from '../support/transactions.js';
import { sha3 } from '../support/wallet-client.js';
import type { WalletClient } from '../support/wallet-client.js';
import type { Asked, Subject } from './access-world.js';

/**
 * Who gets what from a route:
 * - `anyone`: no token is looked at;
 * - `owner`: the owner of the subject; to everybody else with a token it does not exist;
 * - `recipient`: whoever the subject is lent to; to everybody else with a token it does not exist;
 * - `reader`: the owner, or whoever the subject is lent to; to everybody else with a token it does not exist;
 * - `own`: whoever has a token, and each gets or makes their own;
 * - `holder`: whoever holds the user share; a token is not needed, but one that comes must be valid.
 */
export type Rule = 'anyone' | 'owner' | 'recipient' | 'reader' | 'own' | 'holder';

export interface AccessRow {
  readonly rule: Rule;
  /** The status of the one who may. */
  readonly success: number;
  readonly ask: (subject: Subject, client: WalletClient) => Asked;
  /** For `owner`: how others are told that it does not exist. `setup` has no such thing: its subject is in the body. */
  readonly refusal?: 'as if unknown' | 'refused';
}

/** Who has what a row is about. */
export const entitled = ({ rule }: AccessRow): 'owner' | 'recipient' => (rule === 'recipient' ? rule : 'owner');

/** Whether a caller may have what a row is about. */
export const isEntitled = (row: AccessRow, caller: string): boolean =>
  caller === entitled(row) || (row.rule === 'reader' && caller === 'recipient');

const HASH = sha3('asked for by the access test');

const anyone = (path: string, success = 200): AccessRow => ({ rule: 'anyone', success, ask: () => ({ path }) });
const own = (path: string, success = 200, body?: (subject: Subject) => unknown): AccessRow => ({
  rule: 'own',
  success,
  ask: (subject) => ({ path: at(path, subject), ...(body === undefined ? {} : { body: body(subject) }) }),
});
const owner = (
  path: string,
  success = 200,
  more: (subject: Subject) => Omit<Asked, 'path'> = () => ({}),
  refusal: AccessRow['refusal'] = 'as if unknown',
): AccessRow => ({
  rule: 'owner',
  success,
  refusal,
  ask: (subject) => ({ path: at(path, subject), ...more(subject) }),
});
const recipient = (path: string, more: (subject: Subject) => Omit<Asked, 'path'>): AccessRow => ({
  ...owner(path, 200, more),
  rule: 'recipient',
});
const reader = (path: string, more: (subject: Subject) => Omit<Asked, 'path'> = named): AccessRow => ({
  ...owner(path, 200, more),
  rule: 'reader',
});
const holder = (ask: AccessRow['ask']): AccessRow => ({ rule: 'holder', success: 200, ask });

const at = (path: string, { clientId }: Subject): string => path.replace(':client_id', clientId);
const named = ({ serverPublicKey }: Subject): Omit<Asked, 'path'> => ({
  headers: { 'X-Peer-Public-Key': serverPublicKey },
});
const restricted = (subject: Subject): Omit<Asked, 'path'> => ({
  ...named(subject),
  body: { restrictions: ['token_transfers'] },
});
const replaced = (subject: Subject): Omit<Asked, 'path'> => ({
  headers: { ...named(subject).headers, 'If-Match': '"1"' },
  body: { policy: { operations: ['transfer'] } },
});
const byUserKey =
  (field: string) =>
  ({ userPublicKey }: Subject): Omit<Asked, 'path'> => ({ body: { [field]: userPublicKey } });
const lent = ({ userPublicKey }: Subject): Omit<Asked, 'path'> => ({
  body: { public_key: userPublicKey, target_user_id: 'somebody-else', replace: true },
});
const masterKey = (subject: Subject): unknown => ({ private_key: subject.masterKey });

const signMessage = (path: string): AccessRow =>
  holder(({ clientId, userPublicKey, userShare }, client) => ({
    path,
    headers: { 'X-Peer-Public-Key': userPublicKey },
    body: { hash: HASH, signature: client.sign(userShare, HASH), client_id: clientId },
  }));
const signTransaction = (path: string): AccessRow =>
  holder(({ clientId, userPublicKey, userShare }, client) => {
    const transaction = transfer({ client_id: clientId, client_key: userPublicKey });
    return {
      path,
      headers: { 'X-Peer-Public-Key': userPublicKey },
      body: bodyOf(transaction, client.sign(userShare, hashOf(transaction))),
    };
  });

/** The calls that both dialects have. */
function ofVault(prefix: '' | '/zvault', created: number): Record<string, AccessRow> {
  const rows: Record<string, AccessRow> = {
    'POST /wallet': own('/wallet', created),
    'POST /store': own('/store', created, masterKey),
    'GET /wallets': own('/wallets'),
    'GET /wallets/shared': own('/wallets/shared'),
    'GET /keys/:client_id': own('/keys/:client_id'),
    'POST /key/:client_id': owner('/key/:client_id', created),
    'POST /share': owner('/share', 200, lent),
    'POST /share/decline': recipient('/share/decline', (subject) => ({
      ...named(subject),
      body: { client_id: subject.clientId },
    })),
    'POST /revoke/:client_id': owner('/revoke/:client_id', 200, byUserKey('public_key')),
    'POST /delete/:client_id': owner('/delete/:client_id'),
    'POST /undelete/:client_id': owner('/undelete/:client_id'),
    'GET /restrictions': owner('/restrictions', 200, named),
    'PUT /restrictions/:client_id': owner('/restrictions/:client_id', 200, restricted),
    'GET /restrictions/catalogue': anyone('/restrictions/catalogue'),
  };
  return prefixed(prefix, rows);
}

/** The calls that stand at the root and at both services. */
function ofEither(prefix: '' | '/zvault' | '/zauth'): Record<string, AccessRow> {
  return prefixed(prefix, {
    'POST /freeze/:client_id': owner('/freeze/:client_id'),
    'POST /thaw/:client_id': owner('/thaw/:client_id'),
  });
}

function ofSigning(prefix: '' | '/zauth'): Record<string, AccessRow> {
  return prefixed(prefix, {
    'POST /sign/msg': signMessage('/sign/msg'),
    'POST /sign/txn': signTransaction('/sign/txn'),
    'GET /key/:client_id': owner('/key/:client_id', 200, named),
  });
}

function prefixed(prefix: string, rows: Record<string, AccessRow>): Record<string, AccessRow> {
  return Object.fromEntries(
    Object.entries(rows).map(([name, row]) => {
      const withPrefix = (subject: Subject, client: WalletClient): Asked => {
        const asked = row.ask(subject, client);
        return { ...asked, path: `${prefix}${asked.path}` };
      };
      return [name.replace(' ', ` ${prefix}`), { ...row, ask: withPrefix }];
    }),
  );
}

/** One row per route. A GET's row stands for its HEAD too. */
export const ACCESS_ROWS: Readonly<Record<string, AccessRow>> = {
  ...ofVault('', 201),
  ...ofVault('/zvault', 200),
  ...ofSigning(''),
  ...ofSigning('/zauth'),
  ...ofEither(''),
  ...ofEither('/zvault'),
  ...ofEither('/zauth'),
  'GET /wallets/deleted': own('/wallets/deleted'),
  'GET /policy/templates': anyone('/policy/templates'),
  'GET /audit/checkpoint': anyone('/audit/checkpoint'),
  'GET /audit/key': anyone('/audit/key'),
  'GET /audit': {
    ...reader('/audit'),
    ask: ({ clientId }) => ({ path: `/audit?client_id=${clientId}` }),
  },
  // Whoever has the id of an entry; none of these has one.
  'GET /audit/:entry/proof': anyone(`/audit/${'A'.repeat(32)}/proof`, 404),
  'GET /policy/:client_id': reader('/policy/:client_id'),
  'PUT /policy/:client_id': owner('/policy/:client_id', 200, replaced),
  'POST /policy/evaluate/:client_id': reader('/policy/evaluate/:client_id', (subject) => ({
    ...named(subject),
    body: { hash: HASH },
  })),
  'POST /policy/simulate/:client_id': owner('/policy/simulate/:client_id', 200, (subject) => ({
    ...named(subject),
    body: { policy: { operations: ['transfer'] } },
  })),
  'GET /policy/:client_id/revisions': owner('/policy/:client_id/revisions', 200, named),
  'POST /zvault/generate': own('/zvault/generate'),
  'POST /zvault/generate/:client_id': owner('/zvault/generate/:client_id'),
  'POST /zauth/setup': owner('/zauth/setup', 200, ({ setUp }) => ({ body: setUpBody(setUp) }), 'refused'),
  'PUT /zauth/restrictions/:client_id': owner('/zauth/restrictions/:client_id', 200, restricted),
  'POST /zauth/revoke/:client_id': owner('/zauth/revoke/:client_id', 200, byUserKey('peer_public_key')),
  'POST /zauth/delete/:client_id': owner('/zauth/delete/:client_id'),
  'GET /health/live': anyone('/health/live'),
  'GET /health/ready': anyone('/health/ready'),
  'GET /metrics': anyone('/metrics'),
  'GET /openapi.json': anyone('/openapi.json'),
  // Without `Accept: text/html` it is nothing.
  'GET /': anyone('/', 404),
  'GET /console': anyone('/console/'),
  'GET /console/': anyone('/console/'),
  'GET /console/assets/:file': anyone('/console/assets/nothing.js', 404),
  'POST /console/sign-in': {
    rule: 'anyone',
    success: 401,
    ask: () => ({ path: '/console/sign-in', body: { code: 'a code' } }),
  },
  'GET /docs': anyone('/docs'),
  'GET /docs/': anyone('/docs/'),
  'GET /docs/*': anyone('/docs/swagger-ui.css'),
  // Swagger UI's folder is served without its licence.
  'GET /docs/LICENSE': anyone('/docs/LICENSE', 404),
  'GET /docs/index.html': anyone('/docs/index.html'),
  'GET /docs/swagger-ui-init.js': anyone('/docs/swagger-ui-init.js'),
  'GET /docs/docs/swagger-ui-init.js': anyone('/docs/docs/swagger-ui-init.js'),
  'GET /docs-yaml': anyone('/docs-yaml'),
  'OPTIONS *': {
    rule: 'anyone',
    success: 204,
    ask: ({ clientId }) => ({
      path: `/keys/${clientId}`,
      headers: { Origin: 'https://wallet.example', 'Access-Control-Request-Method': 'GET' },
    }),
  },
};

/** What asks for a preview of decisions, of which nothing comes: it leaves no entry. Refusals of it are recorded as all are. */
export const LEAVE_NO_ENTRY: ReadonlySet<string> = new Set([
  'POST /policy/evaluate/:client_id',
  'POST /policy/simulate/:client_id',
]);
