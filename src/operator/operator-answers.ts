import { parseClientId } from '../crypto/key-names.js';
import type { RecordedWork } from '../audit/recorded-work.js';
import { StartError } from '../errors/start-error.js';
import type { StoredWords } from '../events/stored-words.js';
import type { Given } from './operator-socket.js';

/**
 * The stored recovery words of a wallet, of each of its owners: `{ owner, words }`, null for who has stored none. It is
 * recorded before anything is answered. Rejects with `StartError` when there is no such wallet, and as {@link StoredWords}.
 */
export async function wordsOf({ client_id: named }: Given, stored: StoredWords): Promise<object> {
  const clientId = typeof named === 'string' ? parseClientId(named) : undefined;
  if (clientId === undefined) throw new StartError('client_id must be 64 hexadecimal digits');
  const found = await stored.of(clientId);
  if (found.length === 0) throw new StartError('there is no wallet of this client id');
  try {
    // They become strings here, where they must: in the answer.
    const owners = found.map(({ ownerId, words }) => ({
      owner: ownerId,
      words: words === undefined ? null : new TextDecoder().decode(words.expose()),
    }));
    return { client_id: clientId, owners };
  } finally {
    for (const { words } of found) words?.wipe();
  }
}

const HEAD = /^\d{1,15}:[A-Za-z0-9+/]{43}=$/;

/** Records a backup that an operator has made beside the service. Rejects when that cannot be. */
export async function noteBackup(given: Given, recorded: RecordedWork): Promise<object> {
  const { entries, bytes, checkpoint } = given;
  const isHead = checkpoint === null || (typeof checkpoint === 'string' && HEAD.test(checkpoint));
  if (!isCount(entries) || !isCount(bytes) || !isHead) throw new StartError('what the backup holds is not understood');
  await recorded.ofItself('make-backup', () =>
    Promise.resolve([{ facts: { backup: { entries, checkpoint, bytes } } }]),
  );
  return { recorded: true };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
