import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Slice, SlicedList } from '../../database/sliced-list.js';
import { DomainError } from '../../errors/domain-error.js';
import type { OwnedSplitKey } from '../../events/domain-events.js';
import type { TokenActor } from '../../identity/actor.js';
import { namesOf } from '../domain/server-share.js';
import { FindOwned } from '../persistence/find-owned.js';
import { PolicyRevisionList } from '../persistence/policy-revision-list.js';
import type { RevisionWindow } from '../persistence/policy-revision-list.js';
import type { PolicyRevision } from '../persistence/policy-revisions.js';

/** A part of the revisions. */
export interface WantedRevisions {
  /** Where it begins, as the page before said; undefined = with the newest. */
  readonly cursor: string | undefined;
  readonly most: number | undefined;
}

/** Of the largest policies, a slice is read in about a millisecond. */
const MOST_OF_A_SLICE = 20;
const MOST_OF_A_PAGE = 1_000;

@Injectable()
export class ListRevisions {
  static readonly action = 'list-revisions' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly findOwned: FindOwned,
    private readonly revisions: PolicyRevisionList,
  ) {}

  /**
   * Every policy that the caller's split key has had, the newest first, read as they are shown. Throws
   * `SPLIT_KEY.UNKNOWN`, and `REQUEST.INVALID_FIELD` for what is no cursor.
   */
  async execute(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    { cursor, most = MOST_OF_A_PAGE }: WantedRevisions,
  ): Promise<SlicedList<PolicyRevision>> {
    const below = cursor === undefined ? Number.MAX_SAFE_INTEGER : revisionIn(cursor);
    const { of, window } = await this.recorded.read(actor, ListRevisions.action, async (transaction) => {
      const share = await this.findOwned.byEitherKey(actor, clientId, publicKey, transaction);
      const names = namesOf(share);
      const part = await this.revisions.window(names, { below, most }, transaction);
      return { result: { of: names, window: part }, subject: { clientId, publicKeyHex: share.userPublicKeyHex } };
    });
    return {
      next: window?.hasMore === true ? String(window.last) : undefined,
      slices: this.#slices(of, window ?? { below: 0, last: 0 }),
    };
  }

  async *#slices(
    of: OwnedSplitKey,
    { below, last }: Pick<RevisionWindow, 'below' | 'last'>,
  ): AsyncGenerator<Slice<PolicyRevision>, undefined> {
    let before = below;
    for (let isLast = false; !isLast;) {
      const entries = await this.revisions.slice(of, { below: before, last }, MOST_OF_A_SLICE);
      before = entries.at(-1)?.revision ?? 0;
      isLast = entries.length < MOST_OF_A_SLICE || before === last;
      yield { entries, isLast };
    }
    return undefined;
  }
}

/** Revisions are no secret of anybody else's, so a cursor is the number of the last one that was shown. */
function revisionIn(cursor: string): number {
  if (/^[1-9][0-9]{0,14}$/.test(cursor)) return Number(cursor);
  throw new DomainError('REQUEST.INVALID_FIELD', 'cursor: is none of this list; take it from its Link header', {
    field: 'cursor',
  });
}
