import { successOf } from '../../support/api-client.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import { pagesOf } from '../../support/paged-lists.js';

/** An entry as GET `/audit` answers it. */
export interface ReadEntry {
  readonly id: string;
  readonly entry: string;
}

/** What the text of an entry says. */
export interface SaidEntry {
  readonly action: string;
  readonly outcome: string;
  readonly code?: string;
  readonly actor_id?: string;
  readonly client_id: string;
  readonly public_key?: string;
  readonly signed_hash?: string;
  readonly salt: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export const entriesIn = (answer: Answer): readonly ReadEntry[] =>
  successOf<{ entries: readonly ReadEntry[] }>(answer).entries;

export const saidIn = (answer: Answer): SaidEntry[] =>
  entriesIn(answer).map(({ entry }) => JSON.parse(entry) as SaidEntry);

export const actionsIn = (answer: Answer): string[] => saidIn(answer).map(({ action }) => action);

/** Every entry of a wallet that somebody may read, the newest first, but for those of reading it. */
export async function readAll(client: ApiClient, clientId: string, more = ''): Promise<SaidEntry[]> {
  const pages = await pagesOf(client, `/audit?client_id=${clientId}&limit=200${more}`);
  return pages.flatMap(saidIn).filter(({ action }) => action !== 'read-record');
}

/** What was done and by whom, as one line each. */
export async function linesOf(client: ApiClient, clientId: string): Promise<string[]> {
  return (await readAll(client, clientId)).map(
    ({ action, outcome, actor_id: actor }) => `${action} ${outcome} ${actor ?? '-'}`,
  );
}
