import { bodyOf } from './http/api.js';
import type { Api } from './http/api.js';
import type {
  DeletedWalletAnswer,
  FreezeAnswer,
  ListedWalletAnswer,
  PrivateKeyForm,
  WalletAnswer,
  WalletFileForm,
  WordsForm,
} from './openapi.js';
import { cursorIn, entriesOf, pageQuery } from './pages.js';
import type { ListOptions } from './pages.js';

/** What makes something can be given a key of its own, to be made once however often it is asked for (24 hours). */
export interface MakeOptions {
  /** A random one for each call if absent: then only what the client itself sends again is the same call. */
  readonly idempotencyKey?: string;
}

/** Wallets of the caller. Each call throws `KmsError`; wire.md of the service, section 4, says what they do. */
export class Wallets {
  constructor(private readonly api: Api) {}

  /** A new wallet with its 24 words, which are shown now and never again. */
  create({ idempotencyKey }: MakeOptions = {}): Promise<WalletAnswer> {
    return bodyOf(this.api.POST('/wallet', { params: idempotent(idempotencyKey) }));
  }

  /** A wallet that exists already: its private key, its words, or the file of the command-line tools. */
  import(
    wallet: PrivateKeyForm | WordsForm | WalletFileForm,
    { idempotencyKey }: MakeOptions = {},
  ): Promise<WalletAnswer> {
    return bodyOf(this.api.POST('/store', { params: idempotent(idempotencyKey), body: wallet }));
  }

  /** All wallets of the caller, the oldest first. */
  list(options: ListOptions = {}): AsyncGenerator<ListedWalletAnswer> {
    return entriesOf(async (cursor) => {
      const params = { query: pageQuery({}, options, cursor) };
      const { data = [], response } = await this.api.GET('/wallets', { params });
      return { items: data, cursor: cursorIn(response.headers) };
    });
  }

  /** Deleted ones that can still be brought back. */
  listDeleted(options: ListOptions = {}): AsyncGenerator<DeletedWalletAnswer> {
    return entriesOf(async (cursor) => {
      const params = { query: pageQuery({}, options, cursor) };
      const { data = [], response } = await this.api.GET('/wallets/deleted', { params });
      return { items: data, cursor: cursorIn(response.headers) };
    });
  }

  /** Nothing is signed with any split key of it, from now until `thaw`. */
  freeze(clientId: string): Promise<FreezeAnswer> {
    return bodyOf(this.api.POST('/freeze/{client_id}', { params: { path: { client_id: clientId } } }));
  }

  thaw(clientId: string): Promise<FreezeAnswer> {
    return bodyOf(this.api.POST('/thaw/{client_id}', { params: { path: { client_id: clientId } } }));
  }

  /** Ends it and all its split keys at once. The master key is destroyed days later. */
  async delete(clientId: string): Promise<void> {
    await this.api.POST('/delete/{client_id}', { params: { path: { client_id: clientId } } });
  }

  /** Brings a deleted one back, without split keys. */
  async undelete(clientId: string): Promise<void> {
    await this.api.POST('/undelete/{client_id}', { params: { path: { client_id: clientId } } });
  }
}

/** The header of a call that makes something. */
export function idempotent(key: string | undefined): { readonly header?: { readonly 'Idempotency-Key': string } } {
  return key === undefined ? {} : { header: { 'Idempotency-Key': key } };
}
