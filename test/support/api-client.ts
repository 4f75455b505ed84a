/** One answer, as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body parsed as JSON; `undefined` when it is none. */
  readonly json: unknown;
}

/** The problem+json body of an answer of the documented API. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly field?: string;
  readonly request_id: string;
}

/** A plain HTTP client: what it is told to send is what it sends. */
export class ApiClient {
  constructor(
    readonly baseUrl: string,
    protected readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** A client that sends these headers too. */
  with(headers: Readonly<Record<string, string>>): ApiClient {
    return new ApiClient(this.baseUrl, { ...this.headers, ...headers });
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  /** @param body sent as JSON; a string is sent as it is, with no Content-Type unless a header says one */
  post(path: string, body?: unknown): Promise<Answer> {
    return this.send('POST', path, body);
  }

  put(path: string, body?: unknown): Promise<Answer> {
    return this.send('PUT', path, body);
  }

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const isText = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { ...(body === undefined || isText ? {} : { 'Content-Type': 'application/json' }), ...this.headers },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }
}

/** JSON text as a value; `undefined` when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The answer's body as a success of type `T`; fails the test when the status is another. */
export function successOf<T>(answer: Answer, status = 200): T {
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${answer.text}`);
  return answer.json as T;
}

/** The answer's problem; fails the test unless it is problem+json with this status. */
export function problemOf(answer: Answer, status = 400): ProblemBody {
  const contentType = answer.headers.get('content-type') ?? '';
  if (answer.status !== status || !contentType.startsWith('application/problem+json')) {
    throw new Error(`expected a problem with ${status}, got ${answer.status} ${contentType}: ${answer.text}`);
  }
  return answer.json as ProblemBody;
}
