/** The demo's HTTP client: it expects an answer and says what came instead. */
export class DemoClient {
  constructor(
    private readonly baseUrl: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  with(headers: Readonly<Record<string, string>>): DemoClient {
    return new DemoClient(this.baseUrl, { ...this.headers, ...headers });
  }

  /** The JSON of a success. Throws for every other status. */
  async call<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
    const { ok, status, json } = await this.#send(method, path, body);
    if (!ok) throw new Error(`${method} ${path} answered ${status}`);
    return json as T;
  }

  /** The code of the refusal. Throws unless it is refused with exactly this code. */
  async refused(expectedCode: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<string> {
    const { status, json } = await this.#send(method, path, body);
    const { code } = json as { code?: string };
    if (code !== expectedCode) throw new Error(`expected the refusal ${expectedCode}, got ${status} ${code ?? ''}`);
    return `refused with ${status} ${code}`;
  }

  /** The same of a refusal that says when it will be over. Throws also when it does not say so. */
  async refusedUntil(
    expectedCode: string,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ readonly detail: string; readonly retryAfterSeconds: number }> {
    const { status, json } = await this.#send(method, path, body);
    const { code, detail = '', retry_after_seconds: retryAfterSeconds } = json as Partial<RefusalWithEnd>;
    if (code !== expectedCode) throw new Error(`expected the refusal ${expectedCode}, got ${status} ${code ?? ''}`);
    if (retryAfterSeconds === undefined) throw new Error(`${expectedCode} does not say when it will be over`);
    return { detail, retryAfterSeconds };
  }

  async #send(method: string, path: string, body: unknown): Promise<{ ok: boolean; status: number; json: unknown }> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...this.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { ok: response.ok, status: response.status, json: await response.json() };
  }
}

interface RefusalWithEnd {
  readonly code: string;
  readonly detail: string;
  readonly retry_after_seconds: number;
}
