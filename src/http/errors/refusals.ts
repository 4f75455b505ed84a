import { Injectable } from '@nestjs/common';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../../identity/actor.js';
import type { Action } from '../../audit/action.js';
import type { AuditSubject } from '../../audit/audit-entry.js';
import { AuditTrail } from '../../audit/audit-trail.js';
import { EntryEvidence } from '../../audit/entry-evidence.js';
import type { Evidence } from '../../audit/entry-evidence.js';
import type { EarlierEntry } from '../../audit/recorded-entry.js';
import { knownClientId } from '../../audit/known-wallets.js';
import { ProvenRefusal } from '../../audit/proven-refusal.js';
import { parseClientId, parsePublicKeyName } from '../../crypto/key-names.js';
import type { Transaction } from '../../database/transaction.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { WriteOrder } from '../../database/write-order.js';
import { DomainError } from '../../errors/domain-error.js';
import { ERROR_CATALOGUE } from '../../errors/error-catalogue.js';
import type { ErrorCode } from '../../errors/error-catalogue.js';
import { isAuthenticated, rememberProof } from '../../identity/caller.js';
import { Metrics } from '../../metrics/metrics.js';
import { evidenceHeaders } from '../evidence-headers.js';
import { errorAnswer } from './error-answer.js';
import { RefusalLog } from './refusal-log.js';
import type { AnsweredLine } from './refusal-log.js';
import { toDomainError } from './to-domain-error.js';

/**
 * Of too many requests: no fault of ours, and one sender can send as many as they like. They cost little: they are counted,
 * in the log at a bounded rate, and not in the record.
 */
const TOO_MANY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'RATE.LIMITED',
  'SERVICE.OVERLOADED',
  'SIGNING.OVERLOADED',
  'WRITES.OVERLOADED',
  // Nobody's fault, and told to everybody for as long as it lasts: the record says when it began and ended.
  'SERVICE.SEALED',
]);

/** What is done about a request that failed, whichever way it was served: first it is recorded, then told. */
@Injectable()
export class Refusals {
  readonly #evidence = new WeakMap<FastifyRequest, Evidence>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly evidence: EntryEvidence,
    private readonly metrics: Metrics,
    private readonly log: RefusalLog,
  ) {}

  /**
   * Records the refusal of somebody authenticated, in a transaction of its own; of a signature that was refused the same
   * before, only that it was again. Does nothing for a stranger, who must
   * not fill the record, nor for one request too many, of which there is no end, nor where the database was locked, which
   * the record is in, or too much waited to be written. Throws `AUDIT.UNAVAILABLE`, `DATABASE.BUSY`,
   * `WRITES.OVERLOADED`, or `AUDIT.NO_EVIDENCE` when it is recorded, which is then what the caller is to be told.
   */
  async record(thrown: unknown, action: Action, request: FastifyRequest): Promise<void> {
    const actor = actorOf(request);
    // Neither a token nor a partial signature that verified.
    if (actor.userId === undefined && !(thrown instanceof ProvenRefusal)) return;
    const { code } = toDomainError(thrown);
    if (code === 'DATABASE.BUSY' || TOO_MANY.has(code)) return;
    const refused = { actor, action, code, outcome: ERROR_CATALOGUE[code].outcome };
    const subject = thrown instanceof ProvenRefusal ? thrown.subject : subjectNamedBy(request);
    // A refusal has no effect that could be in a hurry, whatever was asked for.
    const order: WriteOrder = { lane: 'ordinary', holder: actor.userId ?? subject.publicKeyHex ?? '' };
    if (thrown instanceof ProvenRefusal) {
      const decision = { ...refused, ...thrown.subject };
      const record = (transaction: Transaction) => this.audit.recordDecision(decision, transaction);
      await this.#giveEvidence(await this.unitOfWork.write(record, order), request);
    } else {
      await this.unitOfWork.write((transaction) => {
        const clientId = knownClientId(subject.clientId, transaction);
        return this.audit.record({ ...refused, ...subject, clientId }, transaction);
      }, order);
    }
  }

  /** Of the refusal of a signature, to be told with it. Rejects with `AUDIT.NO_EVIDENCE`. */
  async #giveEvidence(entry: EarlierEntry, request: FastifyRequest): Promise<void> {
    const [evidence] = await this.evidence.of([entry]);
    if (evidence instanceof DomainError) throw evidence;
    if (evidence !== undefined) this.#evidence.set(request, evidence);
  }

  /** Counts and logs the refusal of a stranger that has been told already. */
  turnedAway(refusal: DomainError, { log, requestId, method, route, status }: TurnedAway): void {
    this.metrics.requestAnswered(method, route, status, 0);
    this.metrics.strangerRefused(refusal.code);
    this.log.strangerRefused(refusal, { log, requestId, route });
  }

  /** Logs why an answer broke off whose beginning has been sent: it can neither be told nor be undone. */
  brokenOff(thrown: unknown, request: FastifyRequest): void {
    this.log.failed(toDomainError(thrown), { log: request.log, route: request.routeOptions.url });
  }

  /** How many wait to be let in or refused by now. */
  keptWaiting(requests: number): void {
    this.metrics.waitingRoom(requests);
  }

  /** The access log's line of a request; of strangers as many as of their refusals. */
  answered(line: AnsweredLine, request: FastifyRequest): void {
    if (isAuthenticated(request)) request.log.info(line, 'answered');
    else this.log.strangerAnswered(line, request.log);
  }

  /** Turns whatever was thrown into an answer, and tells metrics and log of what the record leaves out. */
  tell(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = toDomainError(thrown, request.routeOptions.bodyLimit);
    if (error instanceof ProvenRefusal) rememberProof(request);
    const isStranger = !isAuthenticated(request);
    if (isStranger) this.metrics.strangerRefused(error.code);
    const where = { log: request.log, route: request.routeOptions.url };
    const isOurs = ERROR_CATALOGUE[error.code].outcome === 'failed' && !TOO_MANY.has(error.code);
    if (isOurs) this.log.failed(error, where);
    else if (isStranger) this.log.strangerRefused(error, where);
    const answer = errorAnswer(error, request);
    const evidence = evidenceHeaders(this.#evidence.get(request));
    void reply
      .status(answer.status)
      .headers({ ...answer.headers, ...evidence })
      .send(answer.body);
  }
}

/** A request that was answered without Fastify, by its route's pattern. */
export interface TurnedAway {
  readonly log: FastifyBaseLogger;
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

/** What the request names in its path and headers; of an untrusted body nothing is recorded. */
function subjectNamedBy(request: FastifyRequest): AuditSubject {
  const { client_id: clientId } = request.params as { client_id?: string };
  const peerPublicKey = request.headers['x-peer-public-key'];
  return {
    clientId: clientId === undefined ? undefined : parseClientId(clientId),
    publicKeyHex: typeof peerPublicKey === 'string' ? parsePublicKeyName(peerPublicKey) : undefined,
  };
}
