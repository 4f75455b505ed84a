import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { EvaluationMetrics } from './evaluation-metrics.js';
import { RateLimitMetrics } from './rate-limit-metrics.js';
import { RecordMetrics } from './record-metrics.js';
import { SigningPoolMetrics } from './signing-pool-metrics.js';
import type { Outcome } from '../audit/outcome.js';
import type { ErrorCode } from '../errors/error-catalogue.js';

/** Seconds; signing takes milliseconds, an fsync up to tens of them. */
const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** What kind of thing was signed, or not. */
export type SigningKind = 'message' | 'transaction';

/**
 * Prometheus metrics. Every label has a fixed, small set of values: routes are patterns, codes come from the
 * catalogue, and nothing that a client sends becomes a label.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Counter<'method' | 'route' | 'status'>;
  readonly #requestSeconds: Histogram<'method' | 'route'>;
  readonly #signings: Counter<'kind' | 'outcome' | 'code'>;
  readonly #signingSeconds: Histogram<'kind' | 'outcome'>;
  readonly #unauthenticated: Counter<'code'>;
  readonly #waitingRoom: Gauge;
  readonly #damagedRows: Counter;
  readonly #alteredRows: Counter;
  readonly #failedSweeps: Counter;
  readonly signingPool: SigningPoolMetrics;
  readonly rateLimits: RateLimitMetrics;
  readonly evaluations: EvaluationMetrics;
  readonly record: RecordMetrics;
  #tlsCertificate: Gauge | undefined;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.signingPool = new SigningPoolMetrics(this.registry);
    this.rateLimits = new RateLimitMetrics(this.registry);
    this.evaluations = new EvaluationMetrics(this.registry);
    this.record = new RecordMetrics(this.registry);
    this.#requests = new Counter({
      name: 'kms_http_requests_total',
      help: 'HTTP requests answered, by method, route pattern and status',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    this.#requestSeconds = new Histogram({
      name: 'kms_http_request_duration_seconds',
      help: 'Time from the first byte of a request to the end of its answer',
      labelNames: ['method', 'route'],
      buckets: LATENCY_BUCKETS,
      registers,
    });
    this.#signings = new Counter({
      name: 'kms_signing_outcomes_total',
      help: 'Signing requests by what became of them; code is empty when approved',
      labelNames: ['kind', 'outcome', 'code'],
      registers,
    });
    this.#signingSeconds = new Histogram({
      name: 'kms_signing_duration_seconds',
      help: 'Time to decide, sign, verify and record one signing request',
      labelNames: ['kind', 'outcome'],
      buckets: LATENCY_BUCKETS,
      registers,
    });
    this.#unauthenticated = new Counter({
      name: 'kms_unauthenticated_refusals_total',
      help: 'Requests refused before anybody was authenticated; they are not in the audit record',
      labelNames: ['code'],
      registers,
    });
    this.#waitingRoom = new Gauge({
      name: 'kms_http_waiting_room_requests',
      help: 'Requests of connections that did not keep to Retry-After: they wait for room before they are read',
      registers,
    });
    this.#failedSweeps = new Counter({
      name: 'kms_sweep_failures_total',
      help: 'Times that what was to be destroyed could not be; it is tried again every minute',
      registers,
    });
    this.#damagedRows = new Counter({
      name: 'kms_damaged_rows_read_total',
      help: 'Rows read whose sealed value could not be opened: damaged, or moved by somebody',
      registers,
    });
    this.#alteredRows = new Counter({
      name: 'kms_altered_rows_read_total',
      help: 'Rows read that are not as the service wrote them, or were removed: each is refused',
      registers,
    });
  }

  sweepFailed(): void {
    this.#failedSweeps.inc();
  }

  damagedRowRead(): void {
    this.#damagedRows.inc();
  }

  alteredRowRead(): void {
    this.#alteredRows.inc();
  }

  requestAnswered(method: string, route: string, status: number, seconds: number): void {
    this.#requests.inc({ method, route, status: String(status) });
    this.#requestSeconds.observe({ method, route }, seconds);
  }

  signingDecided(kind: SigningKind, outcome: Outcome, code: ErrorCode | '', seconds: number): void {
    this.#signings.inc({ kind, outcome, code });
    this.#signingSeconds.observe({ kind, outcome }, seconds);
  }

  /** @param notAfterMs when the certificate that new connections are shown ends */
  tlsCertificate(notAfterMs: number): void {
    // Without TLS there is no such series.
    this.#tlsCertificate ??= new Gauge({
      name: 'kms_tls_certificate_not_after_seconds',
      help: 'When the TLS certificate in use ends, in seconds since 1970',
      registers: [this.registry],
    });
    this.#tlsCertificate.set(notAfterMs / 1000);
  }

  waitingRoom(requests: number): void {
    this.#waitingRoom.set(requests);
  }

  /** Shows how many lines of the log were dropped, as the log itself counts them. */
  watchLog(log: { readonly dropped: number }): void {
    new Counter({
      name: 'kms_log_lines_dropped_total',
      help: 'Lines of the log that could not be written: its disk is full, or nobody reads it',
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(log.dropped);
      },
    });
  }

  /** Shows how many connections are open and how many were not let in, as their limit counts them. */
  watchConnections(limit: { readonly open: number; readonly dropped: number }): void {
    const registers = [this.registry];
    new Gauge({
      name: 'kms_connections_open',
      help: 'Connections that are open, on all ports together',
      registers,
      collect() {
        this.set(limit.open);
      },
    });
    new Counter({
      name: 'kms_connections_dropped_total',
      help: 'Connections closed at once because MAX_CONNECTIONS were open',
      registers,
      collect() {
        this.reset();
        this.inc(limit.dropped);
      },
    });
  }

  /** Shows how many requests have a place and how many wait for one, as the bulkheads count them. */
  watchBulkheads(bulkheads: {
    counts(): readonly { readonly lane: string; readonly underWay: number; readonly waiting: number }[];
  }): void {
    const registers = [this.registry];
    new Gauge({
      name: 'kms_http_requests_under_way',
      help: 'Requests that have a place, by lane; signing calls have others',
      labelNames: ['lane'],
      registers,
      collect() {
        for (const { lane, underWay } of bulkheads.counts()) this.set({ lane }, underWay);
      },
    });
    new Gauge({
      name: 'kms_http_requests_waiting',
      help: 'Requests that wait for a place, by lane',
      labelNames: ['lane'],
      registers,
      collect() {
        for (const { lane, waiting } of bulkheads.counts()) this.set({ lane }, waiting);
      },
    });
  }

  strangerRefused(code: ErrorCode): void {
    this.#unauthenticated.inc({ code });
  }
}
