import type { IncomingMessage } from 'node:http';
import { DomainError } from '../../errors/domain-error.js';

/** Name or address, and perhaps a port. */
const AUTHORITY = /^(?:\[([0-9a-f:.]+)\]|([^:/@[\]]+))(?::\d*)?$/i;

/** Of a target in absolute form, which says for itself whom it means (RFC 9112 section 3.2.2). */
const OF_TARGET = /^https?:\/\/([^/?#]*)/i;

/**
 * Which names requests may be sent to. A page that has its own name resolve to this machine (DNS rebinding) says that
 * name; so does whoever has taken us for somebody else.
 */
export class HostCheck {
  readonly #allowed: ReadonlySet<string>;

  /** @param allowed names and addresses in lower case; empty for any */
  constructor(allowed: readonly string[]) {
    this.#allowed = new Set(allowed);
  }

  /** Why a request is refused; `undefined` when it is not. To be asked before anything changes its target. */
  objection({ url = '', headers }: IncomingMessage): DomainError | undefined {
    if (this.#allowed.size === 0) return undefined;
    const [, ofTarget] = OF_TARGET.exec(url) ?? [];
    const named = ofTarget === undefined ? [headers.host] : [headers.host, ofTarget];
    if (named.every((authority) => this.#isAllowed(authority))) return undefined;
    return new DomainError('REQUEST.MISDIRECTED', 'Host: is not a name that this service is served under');
  }

  #isAllowed(authority: string | undefined): boolean {
    const [, address, name] = AUTHORITY.exec(authority ?? '') ?? [];
    return this.#allowed.has((address ?? name ?? '').toLowerCase());
  }
}
