import type { IncomingMessage, ServerResponse } from 'node:http';
import { DomainError } from '../../errors/domain-error.js';
import { clientAddressOf, networkOf } from '../../identity/client-address.js';
import type { Member } from '../../fairness/nested-shares.js';
import type { LanedRoute } from './route-lanes.js';

/** How long who has gone away keeps a place: what was begun for them goes on, and is somebody's work. */
const ABANDONED_MS = 2000;

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** A request that waits for a place, or has one. */
export class HeldRequest {
  /** Who takes turns: a network, and in it whoever brings the same token, which nobody has looked at yet. */
  readonly holder: Member;
  readonly #arrivedAtMs = performance.now();
  #goneAtMs = Number.POSITIVE_INFINITY;
  #hasEntered = false;
  #hasFailed = false;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly at: LanedRoute,
    private readonly ways: {
      readonly handle: Handle;
      readonly refuse: (held: HeldRequest, error: DomainError) => void;
    },
  ) {
    request.once('error', this.#fail);
    const { 'x-jwt-token': own, authorization } = request.headers;
    this.holder = { group: networkOf(clientAddressOf(request)), member: String(own ?? authorization ?? '') };
  }

  /** Whether it has had its place; by now it may have given it back. */
  get hasEntered(): boolean {
    return this.#hasEntered;
  }

  get isGone(): boolean {
    return this.#hasFailed || this.request.socket.destroyed;
  }

  /** Whether nothing more of it has to come: its body is here, or as much of it as Node keeps unread. */
  get hasArrived(): boolean {
    const { complete, readableLength, readableHighWaterMark } = this.request;
    return complete || readableLength >= readableHighWaterMark;
  }

  /**
   * Whether its work is done, as far as a place is for that. What is streamed from then on has turns of its own, and whoever
   * does not read it must not hold the place.
   */
  get isAnswered(): boolean {
    return this.response.headersSent || this.response.writableEnded;
  }

  waitedMs(now: number): number {
    return now - this.#arrivedAtMs;
  }

  /** Hands it on; `done` is called once it needs no place any more, as far as events tell. */
  enter(done: () => void): void {
    this.#hasEntered = true;
    this.request.off('error', this.#fail);
    this.response.once('finish', done);
    this.response.once('close', () => {
      if (this.isAnswered) done();
      else this.#goneAtMs = performance.now();
    });
    this.ways.handle(this.request, this.response);
  }

  /** Whether it needs a place no more, although no event has told. */
  hasDone(now: number): boolean {
    return this.isAnswered || now - this.#goneAtMs > ABANDONED_MS;
  }

  /** While it waits nobody reads its body: that it is malformed, or late, is for us to tell. */
  readonly #fail = (error: Error): void => {
    this.#hasFailed = true;
    if (error instanceof DomainError) this.ways.refuse(this, error);
  };
}
