import { StartError } from '../../errors/start-error.js';
import type { NoteSigner } from '../tlog/note-signatures.js';
import { encodeVkey } from '../tlog/verifier-key.js';
import type { VerifierKey } from '../tlog/verifier-key.js';
import { hasWitnessKey, makeWitnessKey, readWitnessKey } from './witness-key.js';
import { Witness } from './witness.js';
import { WitnessHeads } from './witness-heads.js';
import { WitnessServer } from './witness-server.js';

export interface WitnessSettings {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Keys of the logs that it watches, of the type ed25519. */
  readonly logs: readonly VerifierKey[];
  /** The folder in which it keeps what it has cosigned. */
  readonly state: string;
  /** The file of its key, which is made at the first start. */
  readonly key: string;
  /** Of a key that is made now: by convention a URL without scheme. */
  readonly name: string;
  readonly nowSeconds: () => number;
  /** Hears what goes wrong while it serves, one line each. */
  readonly say: (line: string) => void;
}

export interface RunningWitness {
  readonly vkey: string;
  readonly port: number;
  /** Answers what is under way, and ends. */
  close(): Promise<void>;
}

/**
 * Starts a witness: somebody who sees each checkpoint of a log, lets none pass that takes back another, and says when.
 * Throws `StartError` for files that cannot be used, or do not belong together; rejects when it cannot listen.
 */
export async function startWitness(settings: WitnessSettings): Promise<RunningWitness> {
  const signer = witnessKey(settings);
  const vkey = encodeVkey(signer.key);
  const heads = WitnessHeads.open(settings.state, vkey);
  const witness = new Witness(settings.logs, signer, heads, settings.nowSeconds);
  const server = new WitnessServer(witness, (error) => {
    settings.say(`nothing was cosigned: ${String(error)}`);
  });
  try {
    const port = await server.listen(settings.host, settings.port);
    const close = async (): Promise<void> => {
      await server.close();
      heads.close();
    };
    return { vkey, port, close };
  } catch (error) {
    heads.close();
    throw error;
  }
}

/** A witness whose state is lost would cosign anything anew under a key that others trust. */
function witnessKey({ key, state, name }: WitnessSettings): NoteSigner {
  const [hasKey, hasState] = [hasWitnessKey(key), WitnessHeads.exist(state)];
  if (!hasKey && !hasState) return makeWitnessKey(key, name);
  if (hasKey && hasState) return readWitnessKey(key);
  throw new StartError(
    hasKey
      ? `--state: ${state} has not what was cosigned with --key: bring it back, or begin with another key`
      : `--key: ${key} is not there, and --state is of a witness: bring its key back, or begin with another state`,
  );
}
