import { bodyOf } from './http/api.js';
import type { Api } from './http/api.js';
import { KmsAnswerError } from './errors.js';
import type { ListedSplitKeyAnswer, MadeSplitKeyAnswer, PolicyDocument } from './openapi.js';
import { cursorIn, entriesOf, pageQuery } from './pages.js';
import type { ListOptions } from './pages.js';
import type { KeepEvidence } from './signed.js';
import { SplitKey } from './split-key.js';
import type { SplitKeyNames } from './split-key.js';
import { idempotent } from './wallets.js';
import type { MakeOptions } from './wallets.js';

/** What names a split key to the service. */
export type SplitKeyName = Pick<SplitKeyNames, 'client_id' | 'public_key'>;

/** What a new split key may do. Nothing of it: everything, until the service's own time is over. */
export interface SplitKeyTerms extends MakeOptions {
  readonly policy?: PolicyDocument;
  /** Groups of operations; a policy says more. */
  readonly restrictions?: readonly string[];
  /** Seconds since 1970; 0 is never. */
  readonly expiresAt?: number;
}

export interface SplitKeyListOptions extends ListOptions {
  /** Without it `private_key` is empty in every entry, and nothing is unsealed or shown. */
  readonly withShares?: boolean;
}

export interface ShareOptions extends MakeOptions {
  /** Also if somebody else has it already, who may have kept the user share. */
  readonly replace?: boolean;
}

/** Split keys of the caller's wallets, and those that are lent to them. */
export class SplitKeys {
  constructor(
    private readonly api: Api,
    private readonly keepEvidence: KeepEvidence,
  ) {}

  /** A new split key of a wallet, ready to sign. What the service answered is in `answer`, the user share too. */
  async create(clientId: string, terms: SplitKeyTerms = {}): Promise<{ key: SplitKey; answer: MadeSplitKeyAnswer }> {
    const { policy, restrictions, expiresAt, idempotencyKey } = terms;
    const answer = await bodyOf(
      this.api.POST('/key/{client_id}', {
        params: { path: { client_id: clientId }, ...idempotent(idempotencyKey) },
        body: {
          ...(policy === undefined ? {} : { policy }),
          ...(restrictions === undefined ? {} : { restrictions: [...restrictions] }),
          ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
        },
      }),
    );
    if (answer.client_id !== clientId) throw new KmsAnswerError('the split key is of another wallet');
    return { key: this.withShare(answer, answer.private_key), answer };
  }

  /** A split key whose user share you have: from `create`, a list, or a file. */
  withShare(names: SplitKeyNames, userShareHex: string): SplitKey {
    return new SplitKey(this.api, names, userShareHex, this.keepEvidence);
  }

  /** All split keys of a wallet, the oldest first, revoked ones too. */
  list(clientId: string, options: SplitKeyListOptions = {}): AsyncGenerator<ListedSplitKeyAnswer> {
    return entriesOf(async (cursor) => {
      const params = { path: { client_id: clientId }, query: sharesQuery(options, cursor) };
      const { data, response } = await this.api.GET('/keys/{client_id}', { params });
      return { items: data?.keys ?? [], cursor: cursorIn(response.headers) };
    });
  }

  /** What others have lent to the caller. */
  listShared(options: SplitKeyListOptions = {}): AsyncGenerator<ListedSplitKeyAnswer> {
    return entriesOf(async (cursor) => {
      const params = { query: sharesQuery(options, cursor) };
      const { data = [], response } = await this.api.GET('/wallets/shared', { params });
      return { items: data, cursor: cursorIn(response.headers) };
    });
  }

  /** Lends it to a user, who finds it in `listShared`. Who had it before keeps the user share: revoke to end that. */
  async share(publicKey: string, userId: string, options: ShareOptions = {}): Promise<void> {
    const { idempotencyKey, replace } = options;
    await this.api.POST('/share', {
      params: idempotent(idempotencyKey),
      body: { public_key: publicKey, target_user_id: userId, ...(replace === undefined ? {} : { replace }) },
    });
  }

  /** Gives back what was lent; with `allOfOwner` everything that its owner lends or will lend. */
  async decline({ client_id, public_key }: SplitKeyName, { allOfOwner }: { allOfOwner?: boolean } = {}): Promise<void> {
    await this.api.POST('/share/decline', {
      params: { header: { 'X-Peer-Public-Key': public_key } },
      body: { client_id, ...(allOfOwner === undefined ? {} : { all_of_owner: allOfOwner }) },
    });
  }

  /** Ends it for good: when this has returned, nothing is signed with it any more. */
  async revoke({ client_id, public_key }: SplitKeyName): Promise<void> {
    await this.api.POST('/revoke/{client_id}', { params: { path: { client_id } }, body: { public_key } });
  }

  /** When it last signed, in seconds since 1970; 0 is never. */
  async lastUsed({ client_id, public_key }: SplitKeyName): Promise<number> {
    const params = { path: { client_id }, header: { 'X-Peer-Public-Key': public_key } };
    return (await bodyOf(this.api.GET('/key/{client_id}', { params }))).last_used;
  }
}

function sharesQuery(
  options: SplitKeyListOptions,
  cursor: string | undefined,
): { readonly shares?: 'none'; readonly limit?: number; readonly cursor?: string } {
  return pageQuery(options.withShares === true ? {} : { shares: 'none' as const }, options, cursor);
}
