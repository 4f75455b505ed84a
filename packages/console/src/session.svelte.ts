import { KmsClient, KmsError } from '@split-key-kms/client';

/** Where the service is: the console lies one folder below it. */
const SERVICE = new URL('..', new URL(location.pathname, location.origin)).href;

/**
 * Who is signed in. Everything is in the memory of this page and ends with it: the token, and the user shares that were
 * made or fetched here, by their user keys.
 */
class Session {
  user = $state('');
  endsAt = $state(0);
  #kms = $state.raw<KmsClient>();
  readonly shares = new Map<string, string>();

  get isSignedIn(): boolean {
    return this.#kms !== undefined;
  }

  get kms(): KmsClient {
    if (this.#kms === undefined) throw new Error('nobody is signed in');
    return this.#kms;
  }

  /** Throws what the service says of the token, or that it is none. */
  async signIn(token: string): Promise<void> {
    const { user, endsAt } = claimsOf(token);
    const kms = new KmsClient({ url: SERVICE, token });
    await kms.wallets.list({ pageSize: 1 }).next();
    this.user = user;
    this.endsAt = endsAt;
    this.#kms = kms;
  }

  /** With the code of a link, which is good for once. */
  async signInByCode(code: string): Promise<void> {
    const answer = await fetch(new URL('sign-in', location.href.replace(/#.*/, '')), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    if (!answer.ok)
      throw new Error('This link has been used, or is older than ten minutes. Start the service again for another.');
    const { token } = (await answer.json()) as { token: string };
    await this.signIn(token);
  }

  signOut(): void {
    this.#kms = undefined;
    this.user = '';
    this.shares.clear();
  }

  /** Whether the error says that the token holds no more. */
  noticeEnd(error: unknown): void {
    if (error instanceof KmsError && error.status === 401) this.signOut();
  }
}

/** What the token says of whoever has it. The service alone verifies it. */
function claimsOf(token: string): { user: string; endsAt: number } {
  try {
    const part = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (digit) => digit.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as { user_id?: string; sub?: string; exp?: number };
    return { user: claims.user_id ?? claims.sub ?? 'somebody', endsAt: claims.exp ?? 0 };
  } catch {
    throw new Error('This is no token: it should be three parts with points between them.');
  }
}

export const session = new Session();
