import { parseTlogProof } from '../tlog/tlog-proof.js';
import type { TlogProof } from '../tlog/tlog-proof.js';
import { verdictOf } from '../tlog/verify-note.js';
import { verifyTlogProofOfLeaf } from '../tlog/verify-tlog-proof.js';
import { shownNumber } from './finding.js';
import type { Findings } from './finding.js';
import type { Heads } from './heads.js';
import type { TrustedLog } from './trusted-log.js';

/** A file of the kind `.tlog-proof`, and where it was kept. */
export interface GivenProof {
  readonly text: string;
  readonly where: string;
}

export interface JudgedProof {
  readonly where: string;
  readonly holds: boolean;
  /** Which entry it is of. */
  readonly entry?: number;
}

interface OpenProof extends GivenProof {
  readonly proof: TlogProof;
  readonly origin: string;
  holds?: boolean;
}

/** Proofs of entries, each held against the entry that the record has at its place. */
export class GivenProofs {
  readonly #proofs = new Map<number, OpenProof[]>();
  readonly #bad: JudgedProof[] = [];

  /** The checkpoint of each proof was kept elsewhere like any other, and counts as one. */
  constructor(
    given: readonly GivenProof[],
    private readonly log: TrustedLog,
    heads: Heads,
    private readonly findings: Findings,
  ) {
    for (const one of given) this.#take(one, heads);
  }

  see(leaf: Buffer, entry: number): void {
    for (const open of this.#proofs.get(entry) ?? []) {
      const name = this.log.named(open.origin);
      if (name === undefined) continue;
      open.holds = verifyTlogProofOfLeaf(open.text, leaf, { log: name.checkpoints, origin: open.origin }).holds;
    }
  }

  /** To be called when all entries were read. */
  judge(): readonly JudgedProof[] {
    const judged = [...this.#proofs].flatMap(([entry, proofs]) =>
      proofs.map(({ where, holds }): JudgedProof => {
        if (holds !== true) {
          const why = holds === undefined ? 'the record has none' : 'the one that the record has is another';
          this.findings.add({
            kind: 'bad-proof',
            text: `the proof in ${where} is not of entry ${shownNumber(entry)} of this record: ${why}`,
            firstEntry: entry,
            lastEntry: entry,
          });
        }
        return { where, holds: holds === true, entry };
      }),
    );
    return [...this.#bad, ...judged];
  }

  #take({ text, where }: GivenProof, heads: Heads): void {
    const verdict = verdictOf<{ proof: TlogProof }>(() => ({ holds: true, proof: parseTlogProof(text, 'proof') }));
    const checkpoint = verdict.holds ? heads.add({ note: verdict.proof.checkpoint, where, isKept: true }) : undefined;
    if (!verdict.holds || checkpoint === undefined || verdict.proof.index >= checkpoint.size) {
      const why = verdict.holds ? 'its checkpoint is not one of this log with such an entry' : verdict.why;
      this.findings.add({ kind: 'bad-proof', text: `the proof in ${where} does not hold: ${why}` });
      this.#bad.push({ where, holds: false });
      return;
    }
    const entry = verdict.proof.index + 1;
    const open = { text, where, proof: verdict.proof, origin: checkpoint.origin };
    this.#proofs.set(entry, [...(this.#proofs.get(entry) ?? []), open]);
  }
}
