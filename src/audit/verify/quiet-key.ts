import { isObject } from './entry-form.js';

/** An entry by which a key was not quiet, or nobody can know whether it was. */
export interface Heard {
  readonly entry: number;
  readonly what: 'a signature' | 'signatures that were given again' | 'a lost entry' | 'a rollback, which lost entries';
}

const SIGNING = new Set(['sign-message', 'sign-transaction']);

/** Listens for signatures of one split key while a record is read. */
export class QuietKey {
  #first: Heard | undefined;

  /**
   * @param publicKeyHex the split key's user key
   * @param since the id of the entry behind which it is to have been quiet
   */
  constructor(
    private readonly publicKeyHex: string,
    private readonly since: number,
  ) {}

  /** The first thing that was heard. */
  get first(): Heard | undefined {
    return this.#first;
  }

  hear(entry: number, said: Readonly<Record<string, unknown>>): void {
    if (this.#first !== undefined || entry <= this.since) return;
    const what = this.#what(said);
    if (what !== undefined) this.#first = { entry, what };
  }

  #what(said: Readonly<Record<string, unknown>>): Heard['what'] | undefined {
    const { action, outcome, facts } = said;
    // Of what is lost nobody can say that it was no signature.
    if (action === 'lost-entry') return 'a lost entry';
    if (action === 'accept-rollback') return 'a rollback, which lost entries';
    if (String(said['public_key']).toLowerCase() !== this.publicKeyHex) return undefined;
    if (SIGNING.has(String(action))) return outcome === 'approved' ? 'a signature' : undefined;
    if (action !== 'count-repeats') return undefined;
    const repeats = isObject(facts) ? facts['repeats'] : undefined;
    return isObject(repeats) && repeats['outcome'] === 'approved' ? 'signatures that were given again' : undefined;
  }
}
