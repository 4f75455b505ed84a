import type { ConfiguredWitness } from '../../config/witness-settings.js';
import { OutboundFailure } from '../../outbound/outbound-http.js';
import type { OutboundAnswer, OutboundHttp } from '../../outbound/outbound-http.js';
import { encodeAddCheckpoint, SIZE_TYPE } from '../tlog/add-checkpoint.js';
import type { AddCheckpoint } from '../tlog/add-checkpoint.js';
import { parseDecimal } from '../tlog/canonical-text.js';
import { MalformedTlogError } from '../tlog/malformed-tlog-error.js';
import { verifySignature } from '../tlog/note-signatures.js';
import { encodeSignatureLine, parseNote, parseSignatureLines } from '../tlog/signed-note.js';

/** What a witness makes of a checkpoint. */
export type WitnessVerdict =
  /** `line` is its cosignature, with its newline, and has been verified. */
  | { readonly verdict: 'cosigned'; readonly line: string }
  /** It wants to be led on from this size, which it cosigned last. */
  | { readonly verdict: 'knows another size'; readonly size: number }
  /** What it cosigned last is not what this checkpoint goes on from. */
  | { readonly verdict: 'contradicts'; readonly why: string }
  | { readonly verdict: 'failed'; readonly why: string };

/** Asks one witness (tlog-witness, "add-checkpoint"). */
export class WitnessClient {
  constructor(
    private readonly witness: ConfiguredWitness,
    private readonly http: OutboundHttp,
  ) {}

  /** Of a checkpoint that the log signed itself. Never rejects because of the witness. */
  async ask(request: AddCheckpoint): Promise<WitnessVerdict> {
    try {
      const body = encodeAddCheckpoint(request);
      return this.#verdictOf(await this.http.ask(this.witness.url, { method: 'POST', body }), request);
    } catch (error) {
      if (error instanceof OutboundFailure) return { verdict: 'failed', why: error.message };
      if (error instanceof MalformedTlogError) return { verdict: 'failed', why: error.message };
      throw error;
    }
  }

  #verdictOf({ status, contentType, text }: OutboundAnswer, { checkpoint, oldSize }: AddCheckpoint): WitnessVerdict {
    switch (status) {
      case 200:
        return this.#cosignatureIn(text, checkpoint);
      case 409:
        if (contentType.startsWith(SIZE_TYPE)) {
          return { verdict: 'knows another size', size: parseDecimal(text.replace(/\n$/, ''), 'its answer') };
        }
        return { verdict: 'contradicts', why: `it has cosigned another root of ${oldSize} entries` };
      case 422:
        return { verdict: 'contradicts', why: `what it cosigned of ${oldSize} entries is not how this record begins` };
      case 404:
        return { verdict: 'failed', why: 'it does not know this log (404): it must be given the log’s vkey' };
      case 403:
        return {
          verdict: 'failed',
          why: 'it does not know the key of this log (403): it must be given the log’s vkey',
        };
      default:
        return { verdict: 'failed', why: `it answered ${status}` };
    }
  }

  #cosignatureIn(text: string, checkpoint: string): WitnessVerdict {
    const { key } = this.witness;
    const signed = parseNote(checkpoint, 'checkpoint').text;
    const signature = parseSignatureLines(text, 'its answer').find(
      (line) => line.keyName === key.name && line.keyId === key.id && verifySignature(signed, line, key),
    );
    if (signature === undefined) return { verdict: 'failed', why: 'its answer holds no cosignature by its key' };
    return { verdict: 'cosigned', line: encodeSignatureLine(signature) };
  }
}
