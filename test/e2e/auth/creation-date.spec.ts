import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import type { Answer } from '../../support/api-client.js';
import { plainLineOf } from '../../support/dialects.js';
import { heldKey, signTransaction } from '../../support/signing-calls.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { transfer } from '../../support/transactions.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';
import { DOCUMENTED, SDK, ZAUTH_DIALECTS, zauthWithoutToken } from '../../support/zauth-dialects.js';
import type { ZauthDialect } from '../../support/zauth-dialects.js';

interface Signer {
  readonly server: TestServer;
  readonly wallet: WireWallet;
  readonly key: WireSplitKey;
}

async function signerOn(environment: Record<string, string>, restrictions?: string[]): Promise<Signer> {
  const server = await startTestServer(environment);
  const terms = restrictions === undefined ? {} : { restrictions };
  return { server, ...(await splitWallet(server.as('alice'), terms)) };
}

/** Has a transfer signed that says it was made so many seconds after now; or that it was made then. */
function signAhead(
  { server, wallet, key }: Signer,
  ahead: number | { readonly created: string },
  dialect: ZauthDialect = DOCUMENTED,
): Promise<Answer> {
  const created = typeof ahead === 'number' ? String(server.clock.nowSeconds() + ahead) : ahead.created;
  const pay = { ...transfer(wallet), creation_date: created };
  return signTransaction(zauthWithoutToken(server, dialect), heldKey(key), pay);
}

describe.each([
  ['without a list', undefined],
  ['with a list', ['token_transfers']],
])('a transaction of the future, with a split key %s', (_, restrictions) => {
  let signer: Signer;
  beforeAll(async () => {
    signer = await signerOn({}, restrictions);
  });
  afterAll(() => signer.server.stop());

  it.each(ZAUTH_DIALECTS)('may be 600 seconds ahead in the $dialect dialect, and not one more', async (dialect) => {
    successOf(await signAhead(signer, 599, dialect));
    successOf(await signAhead(signer, 600, dialect));
    const refused = await signAhead(signer, 601, dialect);
    const created = new Date((signer.server.clock.nowSeconds() + 601) * 1000).toISOString().replace('.000', '');
    const words =
      `the split key's restrictions do not allow this: creation-date-ahead: ` +
      `the creation date ${created} lies more than 10 minutes ahead`;
    expect(refused.headers.get('retry-after')).toBeNull();
    if (dialect === SDK) expect(plainLineOf(refused)).toBe(words);
    else {
      const problem = problemOf(refused);
      expect(problem).toMatchObject({
        code: 'SIGNING.NOT_ALLOWED',
        detail: words,
        reason: 'creation-date-ahead',
        rule: 'creation_date',
      });
      expect(problem).not.toHaveProperty('retry_after_seconds');
    }
  });

  it('is signed as soon as it is near enough', async () => {
    const created = String(signer.server.clock.nowSeconds() + 601);
    expect((await signAhead(signer, { created })).status).toBe(400);
    signer.server.clock.advanceSeconds(1);
    successOf(await signAhead(signer, { created }));
  });

  it('is refused however far ahead it is', async () => {
    for (const created of ['8640000000001', '9223372036854775807']) {
      expect(problemOf(await signAhead(signer, { created }))).toMatchObject({ reason: 'creation-date-ahead' });
    }
  });

  it('is not what has no date, or an old one', async () => {
    for (const created of ['0', '1', '1704676947']) successOf(await signAhead(signer, { created }));
  });

  it('is recorded as what it is: refused, to whoever holds the split key', async () => {
    await signAhead(signer, 5_000);
    expect((await signer.server.audit()).at(-1)).toMatchObject({ outcome: 'denied', code: 'SIGNING.NOT_ALLOWED' });
  });
});

describe('TXN_CREATION_SKEW_SECONDS', () => {
  it.each<[string, Record<string, string>]>([
    ['is no bound at 0', { TXN_CREATION_SKEW_SECONDS: '0' }],
    ['is not looked at where hashes are believed', { TXN_VERIFICATION: 'trust-hash' }],
  ])('%s', async (_, environment) => {
    const signer = await signerOn(environment, ['token_transfers']);
    try {
      successOf(await signAhead(signer, 86_400 * 365));
      successOf(await signAhead(signer, { created: '9223372036854775807' }));
    } finally {
      await signer.server.stop();
    }
  });

  it('says how far ahead is too far', async () => {
    const signer = await signerOn({ TXN_CREATION_SKEW_SECONDS: '60' });
    try {
      successOf(await signAhead(signer, 60));
      expect(problemOf(await signAhead(signer, 61)).detail).toContain('lies more than 1 minute ahead');
    } finally {
      await signer.server.stop();
    }
  });
});
