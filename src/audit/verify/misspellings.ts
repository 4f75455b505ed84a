import { shownNumber } from './finding.js';
import type { Findings } from './finding.js';

/** Entries that are remembered. */
const MOST = 1_000;

/** Entries that are spelled in another way than the format has it: a fault unless they were signed as they are. */
export class Misspellings {
  /** Behind the last checkpoint that agreed. */
  #entries: number[] = [];
  #areSigned = false;

  add(entry: number): void {
    if (this.#entries.length < MOST) this.#entries.push(entry);
  }

  /** A checkpoint agrees with all that were read until now. */
  agreed(): void {
    if (this.#entries.length === 0) return;
    this.#areSigned = true;
    this.#entries = [];
  }

  /** To be called when all entries were read. Gives what is to be known. */
  judge(findings: Findings): readonly string[] {
    for (const entry of this.#entries) {
      findings.add({
        kind: 'entry-malformed',
        text: `entry ${shownNumber(entry)} is not spelled as the format has it, and no checkpoint covers it`,
        firstEntry: entry,
      });
    }
    if (!this.#areSigned) return [];
    return ['some entries are not in the canonical form of RFC 8785, but were signed as they are'];
  }
}
