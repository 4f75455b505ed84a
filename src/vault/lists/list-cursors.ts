import { Inject, Injectable } from '@nestjs/common';
import { SealedValueError } from '../../crypto/sealing/sealed-value-error.js';
import type { SealedPlace } from '../../crypto/sealing/sealed-place.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import { SecretBytes } from '../../crypto/secret-bytes.js';
import { CURSOR_SEALER } from '../injection-tokens.js';
import type { Place } from '../../database/list-window.js';
import { DomainError } from '../../errors/domain-error.js';

/** Which list a cursor is of: its kind, and whose or of what. */
export interface ListName {
  readonly kind: 'keys' | 'wallets' | 'deleted' | 'shared';
  readonly of: string;
}

/**
 * Places in lists, as clients hold them (keyset pagination): sealed, so that they tell nothing of other people's keys,
 * and open for the list that they came from only. They hold no time: a cursor is good as long as the sealing key is.
 */
@Injectable()
export class ListCursors {
  constructor(@Inject(CURSOR_SEALER) private readonly sealer: Sealer) {}

  write(place: Place, list: ListName): string {
    const text = new TextEncoder().encode(JSON.stringify(place));
    return Buffer.from(this.sealer.seal(new SecretBytes(text), sealedPlace(list))).toString('base64url');
  }

  /** Throws `REQUEST.INVALID_FIELD` for what is no cursor, or another list's. */
  read(cursor: string, list: ListName): Place {
    const envelope = Buffer.from(cursor, 'base64url');
    try {
      // Buffer reads on over what is none of the alphabet's, and takes more than one spelling of the last bits.
      if (envelope.toString('base64url') !== cursor) throw new SealedValueError();
      const place = this.sealer.open(envelope, sealedPlace(list)).expose();
      return JSON.parse(new TextDecoder().decode(place)) as Place;
    } catch (cause) {
      if (!(cause instanceof SealedValueError)) throw cause;
      throw new DomainError('REQUEST.INVALID_FIELD', 'cursor: is none of this list; take it from its Link header', {
        field: 'cursor',
        cause,
      });
    }
  }
}

function sealedPlace({ kind, of }: ListName): SealedPlace {
  return { table: kind, row: of, column: 'cursor', version: 1, wallet: 'none', owner: '', recipient: '' };
}
