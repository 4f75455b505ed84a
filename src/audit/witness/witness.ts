import { judgeCheckpoint } from '../tlog/judge-checkpoint.js';
import type { Judgement } from '../tlog/judge-checkpoint.js';
import { cosignCheckpoint } from '../tlog/note-signatures.js';
import type { NoteSigner } from '../tlog/note-signatures.js';
import { parseAddCheckpoint, SIZE_TYPE } from '../tlog/add-checkpoint.js';
import { encodeSignatureLine } from '../tlog/signed-note.js';
import type { VerifierKey } from '../tlog/verifier-key.js';
import type { CosignedHead, WitnessHeads } from './witness-heads.js';

/** An answer of a witness (tlog-witness, "add-checkpoint"). */
export interface WitnessAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const TEXT_TYPE = 'text/plain; charset=utf-8';

/**
 * Cosigns checkpoints of the logs that it is given, each only if its tree begins with all trees of that log that were
 * cosigned before. What is cosigned is first kept durably, in one step with having looked at what was kept: so two roots
 * of one size are never cosigned, whoever asks at once, and after a crash at any moment.
 */
export class Witness {
  readonly #keysOf = new Map<string, VerifierKey[]>();

  /** @param logs keys of the type ed25519; a log has the name of its keys, and more than one key while they change */
  constructor(
    logs: readonly VerifierKey[],
    private readonly signer: NoteSigner,
    private readonly heads: WitnessHeads,
    private readonly nowSeconds: () => number,
  ) {
    for (const key of logs) this.#keysOf.set(key.name, [...(this.#keysOf.get(key.name) ?? []), key]);
  }

  /** What to answer a request's body. Throws when it cannot be kept; then nothing was cosigned. */
  answer(body: Buffer): WitnessAnswer {
    const { judgement } = this.heads.decide((latest) => {
      const judged = judgeCheckpoint(body, (origin) => {
        const keys = this.#keysOf.get(origin);
        if (keys === undefined) return undefined;
        const known = latest(origin);
        return known === undefined ? { keys } : { keys, latest: known };
      });
      return { judgement: judged, ...(judged.status === 200 ? { head: headIn(judged, body) } : {}) };
    });
    if (judgement.status !== 200) return refusalOf(judgement);
    const cosignature = cosignCheckpoint(judgement.text, this.signer, this.nowSeconds());
    return { status: 200, contentType: TEXT_TYPE, body: encodeSignatureLine(cosignature) };
  }
}

function headIn(
  { checkpoint: { origin, size, root } }: Judgement & { readonly status: 200 },
  body: Buffer,
): CosignedHead & { readonly origin: string } {
  return { origin, size, root, note: parseAddCheckpoint(body, 'body').checkpoint };
}

function refusalOf({ status, why, size }: Exclude<Judgement, { readonly status: 200 }>): WitnessAnswer {
  if (size === undefined) return { status, contentType: TEXT_TYPE, body: `${why}\n` };
  return { status, contentType: SIZE_TYPE, body: `${size}\n` };
}
