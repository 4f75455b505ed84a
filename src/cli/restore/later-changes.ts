import { isObject } from '../../audit/verify/entry-form.js';

/** What one entry of a record says, as a verifier reads it. */
export type Said = Readonly<Record<string, unknown>>;

/** Something that a copy from before it does not know. */
export interface LaterChange {
  readonly what: 'revoked' | 'frozen' | 'thawed' | 'restricted' | 'deleted' | 'lent' | 'undeleted';
  readonly client_id: string;
  /** Of one split key; absent for all of a wallet. */
  readonly public_key?: string;
  /** Whose call it was; absent for the service itself. */
  readonly by?: string;
  readonly entry: number;
}

const WHAT: Readonly<Record<string, LaterChange['what']>> = {
  'revoke-key': 'revoked',
  'revoke-share': 'revoked',
  'decline-share': 'revoked',
  'erase-expired-key': 'revoked',
  freeze: 'frozen',
  thaw: 'thawed',
  'restrict-key': 'restricted',
  'restrict-share': 'restricted',
  'replace-policy': 'restricted',
  'delete-wallet': 'deleted',
  'delete-shares': 'deleted',
  'destroy-wallet': 'deleted',
  'undelete-wallet': 'undeleted',
  'share-key': 'lent',
};

/** By which a wallet or a split key came to be: what happened to it later, a copy without it need not know. */
const MADE = new Set(['create-wallet', 'store-key', 'generate', 'split-key', 'generate-split-key', 'set-up']);

/**
 * Gathers from a record what a copy of its first entries does not know and somebody has to do again. Of two changes of one
 * thing the last one counts: a wallet that was frozen and thawed is as it was.
 */
export class LaterChanges {
  readonly #changes = new Map<string, LaterChange>();
  readonly #made = new Set<string>();
  #salt: unknown;

  /** @param entries how many the copy has */
  constructor(private readonly entries: number) {}

  /** The random member of the copy's last entry, as this record has it: another one is another record's. */
  get saltOfLast(): unknown {
    return this.#salt;
  }

  hear(entry: number, said: Said): void {
    if (entry === this.entries) this.#salt = said['salt'];
    if (entry <= this.entries || said['outcome'] !== 'approved') return;
    const { action, client_id: clientId, public_key: publicKey, actor_id: by } = said;
    if (typeof action !== 'string' || typeof clientId !== 'string') return;
    const key = typeof publicKey === 'string' ? publicKey : undefined;
    // Of a wallet, its owner's: another may have stored the same key. What the service does by itself says for whom.
    const name = JSON.stringify(key === undefined ? [clientId, ownerIn(said)] : [clientId, key]);
    if (MADE.has(action)) this.#made.add(name);
    const what = WHAT[action];
    if (what === undefined || this.#made.has(name)) return;
    this.#changes.set(`${kindOf(what)} ${name}`, {
      what,
      client_id: clientId,
      ...(key === undefined ? {} : { public_key: key }),
      ...(typeof by === 'string' ? { by } : {}),
      entry,
    });
  }

  /** In the order of the entries. */
  list(): readonly LaterChange[] {
    return [...this.#changes.values()].sort((one, other) => one.entry - other.entry);
  }
}

function ownerIn({ facts, actor_id: actor }: Said): unknown {
  return isObject(facts) && facts['owner'] !== undefined ? facts['owner'] : actor;
}

/** Those that say the opposite of each other are of one kind. */
function kindOf(what: LaterChange['what']): string {
  if (what === 'thawed') return 'frozen';
  return what === 'undeleted' ? 'deleted' : what;
}
