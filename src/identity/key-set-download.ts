import { EnvHttpProxyAgent, fetch } from 'undici';
import type { KeySetConfiguration } from '../config/configuration.js';
import { codeOf } from '../errors/error-code.js';

/** How long one download may take, from connecting to the last byte. */
const TIMEOUT_MILLISECONDS = 5_000;

/** Real key sets have some kilobytes. */
const MOST_BYTES = 262_144;

/** Why a download failed, in words that hold neither address nor answer. */
export class KeySetUnavailable extends Error {}

/** Downloads a JSON Web Key Set (RFC 7517 section 5), by the machine's proxy where one is configured. */
export class KeySetDownload {
  readonly #url: URL;
  readonly #dispatcher: EnvHttpProxyAgent;

  constructor({ url, proxy, noProxy }: KeySetConfiguration) {
    this.#url = url;
    // Empty texts, lest it look into the environment by itself. Plain http is for the neighbourhood: no proxy.
    this.#dispatcher = new EnvHttpProxyAgent({
      httpProxy: '',
      httpsProxy: proxy === undefined ? '' : new TextDecoder().decode(proxy.expose()),
      noProxy,
    });
  }

  /**
   * The members of the set. Rejects with `KeySetUnavailable` when the endpoint does not answer 200 with a set of at
   * most 256 KiB in time. Redirects are not followed: the configuration names the place that is trusted.
   */
  async members(): Promise<readonly unknown[]> {
    try {
      return await this.#download();
    } catch (error) {
      throw error instanceof KeySetUnavailable ? error : new KeySetUnavailable(reasonOf(error), { cause: error });
    }
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  async #download(): Promise<readonly unknown[]> {
    const response = await fetch(this.#url, {
      dispatcher: this.#dispatcher,
      redirect: 'manual',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new KeySetUnavailable(`its endpoint answered ${response.status}`);
    }
    return membersOf(await readText(response));
  }
}

function membersOf(text: string): readonly unknown[] {
  const document = parsed(text);
  if (typeof document === 'object' && document !== null && 'keys' in document && Array.isArray(document.keys)) {
    return document.keys;
  }
  throw new KeySetUnavailable('its endpoint answered something else than a key set');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readText({ body }: Awaited<ReturnType<typeof fetch>>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The typings leave open what a body is made of; fetch defines it as bytes.
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new KeySetUnavailable('it is larger than 256 KiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** What fetch failed with: a time-out, or an error whose cause has the code of the network or of TLS. */
function reasonOf(error: unknown): string {
  if (nameOf(error) === 'TimeoutError') return `its endpoint took longer than ${TIMEOUT_MILLISECONDS / 1000} seconds`;
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return `its endpoint cannot be reached (${codeOf(cause) ?? codeOf(error) ?? 'unknown error'})`;
}

function nameOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
}
