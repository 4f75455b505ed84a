import { ApiClient, problemOf } from './api-client.js';
import type { Answer, ProblemBody } from './api-client.js';
import type { TestServer } from './test-server.js';

/** One user in the two dialects of ZVault (wire.md section 1). */
export interface VaultUser {
  readonly id: string;
  readonly documented: ApiClient;
  readonly sdk: ApiClient;
}

/** For `describe.each`: what must hold in both dialects, and the status that says "created" there. */
export const VAULT_DIALECTS = [
  { dialect: 'documented', created: 201 },
  { dialect: 'sdk', created: 200 },
] as const;

/** What a list says beside an entry as it was made, of a wallet that is not frozen. */
export const LISTED = { documented: { frozen: false }, sdk: {} } as const;

let users = 0;

/** A user whom no other test of this process knows; the name starts with `name`. */
export function freshUser(server: TestServer, name: string): VaultUser {
  users += 1;
  return userNamed(server, `${name}-${users}`);
}

export function userNamed(server: TestServer, id: string): VaultUser {
  return { id, documented: server.as(id), sdk: server.as(id, `${server.url}/zvault`) };
}

/** Somebody without a token. */
export function nobody(server: TestServer): VaultUser {
  return { id: '', documented: server.anonymous(), sdk: server.anonymous(`${server.url}/zvault`) };
}

/** The same user, sending these headers too. */
export function sending(user: VaultUser, headers: Readonly<Record<string, string>>): VaultUser {
  return { id: user.id, documented: user.documented.with(headers), sdk: user.sdk.with(headers) };
}

/**
 * Asks the same thing in both dialects and returns the documented API's problem. Fails the test unless both
 * refuse with `status`, each in its own form and in the same words: problem+json, and one line of plain text that
 * does not decode as JSON.
 */
export async function refusedInBothDialects(
  user: VaultUser,
  ask: (client: ApiClient) => Promise<Answer>,
  status = 400,
): Promise<ProblemBody> {
  const problem = problemOf(await ask(user.documented), status);
  const line = plainLineOf(await ask(user.sdk), status);
  if (line !== problem.detail) throw new Error(`the dialects differ: "${problem.detail}" and "${line}"`);
  return problem;
}

/** The one line of an SDK dialect's refusal, without its line feed; fails the test when it is anything else. */
export function plainLineOf(answer: Answer, status = 400): string {
  const contentType = answer.headers.get('content-type');
  const isOneLine = /^[^\r\n]+\n$/.test(answer.text);
  if (
    answer.status !== status ||
    contentType !== 'text/plain; charset=utf-8' ||
    !isOneLine ||
    answer.json !== undefined
  ) {
    throw new Error(
      `expected ${status} and one plain line, got ${answer.status} ${String(contentType)}: ${answer.text}`,
    );
  }
  return answer.text.slice(0, -1);
}

/** Everything in a refusal that its reader can see, but for the request's own id. */
export function visiblePartsOf(answer: Answer): { status: number; contentType: string | null; text: string } {
  return {
    status: answer.status,
    contentType: answer.headers.get('content-type'),
    text: answer.text.replace(/"request_id":"[^"]*"/, '"request_id":""'),
  };
}
