import { ApiClient, parsed } from './api-client.js';
import type { Answer } from './api-client.js';
import { rawRequest } from './raw-http.js';

/** Opens a connection for each request, where `fetch` takes one that it has kept. */
export class UnpooledClient extends ApiClient {
  override with(headers: Readonly<Record<string, string>>): ApiClient {
    return new UnpooledClient(this.baseUrl, { ...this.headers, ...headers });
  }

  override async send(method: string, path: string, body: unknown = {}): Promise<Answer> {
    const headers = { 'Content-Type': 'application/json', ...this.headers };
    const text = JSON.stringify(body);
    const url = new URL(`${this.baseUrl}${path}`);
    const answer = await rawRequest(url.href, { method, path: this.targetOf(url), headers }, text);
    const named = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
    return { status: answer.status, headers: new Headers(named), text: answer.text, json: parsed(answer.text) };
  }

  /** What the request line names. */
  protected targetOf(url: URL): string {
    return url.pathname;
  }
}

/** Names scheme and host in the request line too, as clients of a proxy do. */
export class WholeAddressClient extends UnpooledClient {
  protected override targetOf(url: URL): string {
    return `http://kms.example${url.pathname}`;
  }
}
