import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import type { CorsOrigins } from '../../config/cors-origins.js';
import type { DomainError } from '../../errors/domain-error.js';
import { corsHeaders } from './cors.js';
import { errorAnswer } from '../errors/error-answer.js';
import type { Refusals } from '../errors/refusals.js';
import { afterAnswersUnderWay, endConnection } from './server-socket.js';

/** What is known of a request that is refused before Fastify. */
export interface BareRequest {
  readonly method: string;
  /** Path and query, the service's prefix included; decides the form of the error. */
  readonly url: string;
  /** The route's pattern for metrics and log. */
  readonly route: string;
  /** The page that asks, when one does. */
  readonly origin?: string | undefined;
}

/** Where a request cannot be read there is neither. */
export const UNREAD = { method: 'unread', route: 'unmatched' } as const;

/**
 * Refusals without Fastify: of what it could not be given, and of what it is to be spared. They have the form, headers
 * and request id of every other answer, and are counted and logged as refusals of strangers.
 */
export class BareAnswers {
  readonly #ofEveryAnswer: readonly string[];

  /** @param headers what every answer of the service has, by name */
  constructor(
    headers: Readonly<Record<string, string>>,
    private readonly corsOrigins: CorsOrigins,
    private readonly refusals: Refusals,
    private readonly log: FastifyBaseLogger,
  ) {
    this.#ofEveryAnswer = Object.entries(headers).flat();
  }

  /** The answer to a request whose head could be read. */
  refuse(refusal: DomainError, request: BareRequest, response: ServerResponse): void {
    const { status, headers, body } = this.#answer(refusal, request);
    // One flat list: Node takes names and values as they are, instead of keeping and checking each.
    response.writeHead(status, headers);
    response.end(body);
  }

  /** As {@link refuse}, after which the connection ends: it is not known where a next request would begin. */
  refuseLast(refusal: DomainError, request: BareRequest, response: ServerResponse): void {
    response.shouldKeepAlive = false;
    this.refuse(refusal, request, response);
  }

  /** The answer to what could not be read, as the connection's last one. Pages may read it where all of them may. */
  refuseUnread(refusal: DomainError, request: BareRequest, socket: Duplex): void {
    afterAnswersUnderWay(socket, () => {
      const { status, headers, body } = this.#answer(refusal, request);
      const lines = headers.flatMap((text, index) => (index % 2 === 0 ? [`${text}: ${headers[index + 1] ?? ''}`] : []));
      const more = [`Date: ${new Date().toUTCString()}`, 'Connection: close'];
      const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, ...more].join('\r\n');
      endConnection(socket, `${head}\r\n\r\n${request.method === 'HEAD' ? '' : body}`);
    });
  }

  #answer(
    refusal: DomainError,
    { method, url, route, origin }: BareRequest,
  ): { status: number; headers: string[]; body: string } {
    const id = randomUUID();
    const { status, headers, body } = errorAnswer(refusal, { id, method, url, routeOptions: { url } });
    this.refusals.turnedAway(refusal, { log: this.log, requestId: id, method, route, status });
    return {
      status,
      headers: [
        ...this.#ofEveryAnswer,
        ...['X-Request-Id', id],
        ...Object.entries(headers).flat(),
        ...(origin === undefined ? [] : Object.entries(corsHeaders(this.corsOrigins, origin)).flat()),
        ...['Content-Length', String(Buffer.byteLength(body))],
      ],
      body,
    };
  }
}
