/** What came with a signing answer: which entry tells of it, and the promise that the log will have it. */
export interface Evidence {
  readonly entry: string;
  readonly promise: string;
}

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

  /** As {@link call}, of a signing call: with the evidence in the answer's headers. Throws also when there is none. */
  async callWithEvidence<T>(path: string, body: unknown): Promise<{ readonly json: T; readonly evidence: Evidence }> {
    const { ok, status, json, headers } = await this.#send('POST', path, body);
    const [entry, promise] = [headers.get('x-audit-entry'), headers.get('x-audit-promise')];
    if (!ok) throw new Error(`POST ${path} answered ${status}`);
    if (entry === null || promise === null) throw new Error(`POST ${path} answered without evidence`);
    return { json: json as T, evidence: { entry, promise } };
  }

  /** The text of a success; `undefined` when it is there only later. Throws for every other status. */
  async text(path: string): Promise<string | undefined> {
    const response = await fetch(`${this.baseUrl}${path}`, { headers: this.headers });
    const text = await response.text();
    if (response.ok) return text;
    if (response.status === 409) return undefined;
    throw new Error(`GET ${path} answered ${response.status}`);
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

  async #send(method: string, path: string, body: unknown): Promise<Answer> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...this.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { ok, status, headers } = response;
    return { ok, status, headers, json: await response.json() };
  }
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}

interface RefusalWithEnd {
  readonly code: string;
  readonly detail: string;
  readonly retry_after_seconds: number;
}
