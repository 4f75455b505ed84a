import { bodyOf } from './http/api.js';
import type { Api } from './http/api.js';
import { KmsError } from './errors.js';
import { utf8 } from './hex.js';
import { parseVkey } from './log/verifier-key.js';
import type { VerifierKey } from './log/verifier-key.js';
import { verifyTlogProof } from './log/tlog-proof.js';
import type { VerifiedEntry } from './log/tlog-proof.js';
import type { Verdict } from './log/note.js';
import type { EntryAnswer, LogKeysAnswer, operations } from './openapi.js';
import { cursorIn, entriesOf } from './pages.js';
import type { ListOptions } from './pages.js';

/** Which entries of a wallet. */
export interface EntryFilter extends ListOptions {
  readonly outcome?: 'approved' | 'denied' | 'failed';
  readonly action?: NonNullable<operations['read-record']['parameters']['query']['action']>;
}

/** The keys that verify what the log signs. Take them down once, at the beginning. */
export interface TrustedKeys {
  readonly checkpoints: readonly VerifierKey[];
  readonly times: readonly VerifierKey[];
  readonly promises: readonly VerifierKey[];
}

/** The record, and what it can be shown to be: audit.md of the service. */
export class Audit {
  constructor(private readonly api: Api) {}

  /** What the record says of a wallet to the caller, the newest first. `entry` is the text, byte for byte. */
  entries(clientId: string, filter: EntryFilter = {}): AsyncGenerator<EntryAnswer> {
    return entriesOf((after) => this.page(clientId, filter, after));
  }

  /** One page of them: those that are older than the entry `after`. */
  async page(
    clientId: string,
    { outcome, action, pageSize }: EntryFilter = {},
    after?: string,
  ): Promise<{ readonly items: readonly EntryAnswer[]; readonly cursor: string | undefined }> {
    const query = {
      client_id: clientId,
      ...(outcome === undefined ? {} : { outcome }),
      ...(action === undefined ? {} : { action }),
      ...(pageSize === undefined ? {} : { limit: pageSize }),
      ...(after === undefined ? {} : { after }),
    };
    const { data, response } = await this.api.GET('/audit', { params: { query } });
    return { items: data?.entries ?? [], cursor: cursorIn(response.headers, 'after') };
  }

  /** The newest signed checkpoint, as text. Kept, it shows later that nothing before it was changed. */
  checkpoint(): Promise<string> {
    return bodyOf(this.api.GET('/audit/checkpoint', { parseAs: 'text' }));
  }

  /** The log's keys as lines to hand around. */
  keys(): Promise<LogKeysAnswer> {
    return bodyOf(this.api.GET('/audit/key'));
  }

  /** The keys that the service says now: good for what comes from now on, if you believe it now. */
  async trustedKeys(): Promise<TrustedKeys> {
    return trustedKeys(await this.keys());
  }

  /** The proof that the log has an entry, as text; it waits for the checkpoint that has it, as patiently as the client. */
  proof(entryId: string): Promise<string> {
    return bodyOf(this.api.GET('/audit/{entry}/proof', { params: { path: { entry: entryId } }, parseAs: 'text' }));
  }

  /** Whether an entry of `entries` is in the log that these keys sign: fetches the proof and verifies it here. */
  async verify({ id, entry }: EntryAnswer, keys: TrustedKeys): Promise<Verdict<VerifiedEntry>> {
    try {
      return verifyTlogProof(await this.proof(id), utf8(entry), { log: keys.checkpoints, witnesses: keys.times });
    } catch (error) {
      if (error instanceof KmsError && error.code === 'AUDIT.ENTRY_UNKNOWN') {
        return { holds: false, why: 'the service knows no such entry' };
      }
      throw error;
    }
  }
}

/** Keys from the lines of GET `/audit/key`, or from where you kept them. Throws `MalformedTlogError`. */
export function trustedKeys({ checkpoints, times, promises }: Omit<LogKeysAnswer, 'origin'>): TrustedKeys {
  return {
    checkpoints: [parseVkey(checkpoints, 'checkpoints')],
    times: [parseVkey(times, 'times')],
    promises: [parseVkey(promises, 'promises')],
  };
}
