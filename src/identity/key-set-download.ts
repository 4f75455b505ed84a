import type { KeySetConfiguration } from '../config/configuration.js';
import { OutboundFailure, OutboundHttp } from '../outbound/outbound-http.js';

/** Real key sets have some kilobytes. */
const LIMITS = { milliseconds: 5_000, bytes: 262_144 };

/** Downloads a JSON Web Key Set (RFC 7517 section 5). */
export class KeySetDownload {
  readonly #url: URL;
  readonly #http: OutboundHttp;

  constructor({ url, ...proxy }: KeySetConfiguration) {
    this.#url = url;
    this.#http = new OutboundHttp(proxy, LIMITS);
  }

  /**
   * The members of the set. Rejects with `OutboundFailure` when the endpoint does not answer 200 with a set of at most
   * 256 KiB in time.
   */
  async members(): Promise<readonly unknown[]> {
    const { status, text } = await this.#http.ask(this.#url, { headers: { accept: 'application/json' } });
    if (status !== 200) throw new OutboundFailure(`its endpoint answered ${status}`);
    return membersOf(text);
  }

  /** Ends what is under way. */
  close(): Promise<void> {
    return this.#http.close();
  }
}

function membersOf(text: string): readonly unknown[] {
  const document = parsed(text);
  if (typeof document === 'object' && document !== null && 'keys' in document && Array.isArray(document.keys)) {
    return document.keys;
  }
  throw new OutboundFailure('its endpoint answered something else than a key set');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
