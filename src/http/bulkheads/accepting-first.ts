/** How long in a row what is not urgent is held back for those who connect. */
const HELD_BACK_MS = 50;

/**
 * Node accepts one connection in a turn of its event loop. Where each turn is long, for the work of requests, whoever
 * connects waits behind all who connect: seconds, in a flood. So as long as a connection comes in every turn, nothing is
 * begun that is not urgent, and turns are short; but now and then something is, or a flood of connections would stop it.
 */
export class AcceptingFirst {
  #accepted = 0;
  #heldBackSinceMs: number | undefined;

  /** @param connections counts those that have come */
  constructor(private readonly connections: { readonly accepted: number }) {}

  /** Whether what is not urgent has to wait for the next turn. To be asked once in a turn. */
  holdsBack(now: number): boolean {
    const isAccepting = this.connections.accepted !== this.#accepted;
    this.#accepted = this.connections.accepted;
    if (isAccepting && now - (this.#heldBackSinceMs ?? now) < HELD_BACK_MS) {
      this.#heldBackSinceMs ??= now;
      return true;
    }
    this.#heldBackSinceMs = undefined;
    return false;
  }
}
