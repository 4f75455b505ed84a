import type { ProxyConfiguration } from '../../config/configuration.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { type JsonObject, parseJsonObject } from '../../json/json-object.js';
import { OutboundFailure, OutboundHttp } from '../../outbound/outbound-http.js';
import { closedKey, KeyEncryptionError } from '../key-encryption-error.js';

/** Of an answer: a wrapped key has some hundred bytes, the description of a key with many versions some thousand. */
const MOST_BYTES = 65_536;

export interface TransitServer {
  /** The server's own address, without `/v1`: `https://vault.internal:8200`. */
  readonly address: URL;
  /** Where the transit engine is mounted, as `transit`. */
  readonly mount: string;
  readonly keyName: string;
  /** Of Vault Enterprise and OpenBao. */
  readonly namespace?: string | undefined;
  /** The client's to wipe, which it does when it is closed. It must be ASCII. */
  readonly token: SecretBytes;
  readonly proxy: ProxyConfiguration;
  /** For one call, from connecting to the last byte. */
  readonly milliseconds: number;
}

/** What the server made of a call: its `data`, or that it does not accept what was asked, in its own words. */
export type TransitAnswer =
  { readonly data: JsonObject } | { readonly rejected: readonly unknown[]; readonly data?: undefined };

/**
 * Calls to the transit engine of HashiCorp Vault or OpenBao, by their HTTP API. What it is told goes through strings of
 * JavaScript, which cannot be overwritten: token and data keys stay in memory until it is used again.
 */
export class TransitClient {
  readonly #http: OutboundHttp;
  readonly #server: TransitServer;
  #isClosed = false;

  constructor(server: TransitServer) {
    this.#server = server;
    this.#http = new OutboundHttp(server.proxy, { milliseconds: server.milliseconds, bytes: MOST_BYTES });
  }

  /**
   * @param operation `keys` describes the key, without a body; `encrypt` and `decrypt` take one
   *
   * Rejects with `KeyEncryptionError`: `missing`, `unavailable`, or `refused` when the token may not do this.
   */
  async ask(operation: 'keys' | 'encrypt' | 'decrypt', body?: Record<string, string>): Promise<TransitAnswer> {
    this.#assertOpen();
    const { address, mount, keyName } = this.#server;
    const base = address.href.endsWith('/') ? address.href : `${address.href}/`;
    const url = new URL(`v1/${mount}/${operation}/${keyName}`, base);
    const method =
      body === undefined ? { method: 'GET' as const } : { method: 'POST' as const, body: JSON.stringify(body) };
    try {
      const { status, text } = await this.#http.ask(url, { ...method, headers: this.#headers() });
      return answerOf(status, text);
    } catch (error) {
      this.#assertOpen();
      if (!(error instanceof OutboundFailure)) throw error;
      throw new KeyEncryptionError('unavailable', `the key server did not answer: ${error.message}`);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#server.token.wipe();
    await this.#http.close();
  }

  #assertOpen(): void {
    if (this.#isClosed) throw closedKey();
  }

  #headers(): Record<string, string> {
    const { token, namespace } = this.#server;
    return {
      'Content-Type': 'application/json',
      'X-Vault-Token': Buffer.from(token.expose()).toString('latin1'),
      // Proxies of Vault can be told to let nothing else pass, against forged requests.
      'X-Vault-Request': 'true',
      ...(namespace === undefined ? {} : { 'X-Vault-Namespace': namespace }),
    };
  }
}

function answerOf(status: number, text: string): TransitAnswer {
  const parsed = parseJsonObject(text);
  const { data, errors } = (parsed.ok ? parsed.object : {}) as { readonly data?: unknown; readonly errors?: unknown };
  if (status === 200 && typeof data === 'object' && data !== null) return { data: data as JsonObject };
  // Errors in its own form: a proxy before it answers 400, too.
  if (status === 400 && Array.isArray(errors)) return rejection(errors);
  if (status === 403) throw new KeyEncryptionError('refused', 'the key server does not let the token do this');
  if (status === 404) throw noSuchKey();
  throw new KeyEncryptionError('unavailable', `the key server answered with status ${status}, which does not help`);
}

function rejection(rejected: readonly unknown[]): TransitAnswer {
  if (rejected.includes('encryption key not found')) throw noSuchKey();
  return { rejected };
}

function noSuchKey(): KeyEncryptionError {
  return new KeyEncryptionError('missing', 'the key server has no such key, or no transit engine there');
}
