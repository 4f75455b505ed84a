import { EnvHttpProxyAgent, fetch } from 'undici';
import type { ProxyConfiguration } from '../config/configuration.js';
import { codeOf } from '../errors/error-code.js';

/** Why a request of ours failed, in words that hold neither address nor answer, as `its endpoint cannot be reached`. */
export class OutboundFailure extends Error {}

/** What one request may cost. */
export interface OutboundLimits {
  /** From connecting to the last byte. */
  readonly milliseconds: number;
  readonly bytes: number;
}

export interface OutboundRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OutboundAnswer {
  readonly status: number;
  /** Empty where there is none. */
  readonly contentType: string;
  readonly text: string;
}

/** Asks servers that the configuration names, by the machine's proxy where one is configured. */
export class OutboundHttp {
  readonly #dispatcher: EnvHttpProxyAgent;

  constructor(
    { proxy, noProxy }: ProxyConfiguration,
    private readonly limits: OutboundLimits,
  ) {
    // Empty texts, lest it look into the environment by itself. Plain http is for the neighbourhood: no proxy.
    this.#dispatcher = new EnvHttpProxyAgent({
      httpProxy: '',
      httpsProxy: proxy === undefined ? '' : new TextDecoder().decode(proxy.expose()),
      noProxy,
    });
  }

  /**
   * Rejects with `OutboundFailure` when there is no whole answer within the limits. Redirects are not followed: the
   * configuration names the place that is trusted.
   */
  async ask(url: URL, request: OutboundRequest = {}): Promise<OutboundAnswer> {
    const { milliseconds, bytes } = this.limits;
    try {
      const response = await fetch(url, {
        ...request,
        dispatcher: this.#dispatcher,
        redirect: 'manual',
        signal: AbortSignal.timeout(milliseconds),
      });
      const contentType = response.headers.get('content-type') ?? '';
      return { status: response.status, contentType, text: await readText(response, bytes) };
    } catch (error) {
      throw error instanceof OutboundFailure ? error : new OutboundFailure(this.#reasonOf(error), { cause: error });
    }
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  /** What fetch failed with: a time-out, or an error whose cause has the code of the network or of TLS. */
  #reasonOf(error: unknown): string {
    if (nameOf(error) === 'TimeoutError')
      return `its endpoint took longer than ${this.limits.milliseconds / 1000} seconds`;
    const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
    return `its endpoint cannot be reached (${codeOf(cause) ?? codeOf(error) ?? 'unknown error'})`;
  }
}

async function readText({ body }: Awaited<ReturnType<typeof fetch>>, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The typings leave open what a body is made of; fetch defines it as bytes.
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) throw new OutboundFailure(`its answer is larger than ${Math.floor(most / 1024)} KiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function nameOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
}
