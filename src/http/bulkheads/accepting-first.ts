/** How long in a row what is not urgent is held back for those who connect. */
const HELD_BACK_MS = 50;

/** Turns that follow each other come sooner than that; of an earlier one it is not known when it was that somebody came. */
const SAME_RUSH_MS = 20;

/**
 * Node accepts one connection in a turn of its event loop. Where each turn is long, for the work of requests, whoever
 * connects waits behind all who connect: seconds, in a flood. So as long as a connection comes in every turn, nothing is
 * begun that is not urgent, and turns are short; but now and then something is, or a flood of connections would stop it.
 */
export class AcceptingFirst {
  #accepted = 0;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #heldBackSinceMs: number | undefined;

  /** @param connections counts those that have come */
  constructor(private readonly connections: { readonly accepted: number }) {}

  /** Whether what is not urgent has to wait for the next turn. To be asked once in a turn. */
  holdsBack(now: number): boolean {
    const isAccepting = this.connections.accepted !== this.#accepted && now - this.#askedAtMs < SAME_RUSH_MS;
    this.#accepted = this.connections.accepted;
    this.#askedAtMs = now;
    if (isAccepting && now - (this.#heldBackSinceMs ?? now) < HELD_BACK_MS) {
      this.#heldBackSinceMs ??= now;
      return true;
    }
    this.#heldBackSinceMs = undefined;
    return false;
  }
}
