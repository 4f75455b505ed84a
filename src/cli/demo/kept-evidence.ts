import { readFileSync, writeFileSync } from 'node:fs';
import { trustedKeys, verifyPromise, verifyTlogProofOfLeaf } from '@split-key-kms/client';
import type { Evidence, LogKeysAnswer } from '@split-key-kms/client';
import { TrustedLog } from '../../audit/verify/trusted-log.js';
import type { RecordReport } from '../../audit/verify/record-report.js';
import { verifyDatabase } from '../../audit/verify/verify-database.js';
import type { Narrator } from './narrator.js';
import { expectEqual } from './stage.js';
import type { Stage } from './stage.js';

/** What a wallet has put away of a log, all of it text. */
export interface KeptEvidence {
  readonly keys: LogKeysAnswer;
  readonly promise: string;
  readonly proof: string;
  readonly checkpoint: string;
}

/** Before anything is signed: whoever would forge the log later would hand out keys of their own. */
export function keepKeys({ alice }: Stage): Promise<LogKeysAnswer> {
  return alice.audit.keys();
}

/** Fetches what shows that the record tells of a signature: as soon as a checkpoint has its entry. */
export async function keepEvidence(
  { alice }: Stage,
  narrator: Narrator,
  keys: LogKeysAnswer,
  { entry, promise }: Evidence,
): Promise<KeptEvidence> {
  const proof = await narrator.step(
    'The wallet fetches the proof that the record has the entry of its message, and holds its promise against it',
    () => alice.audit.proof(entry),
    (text) => {
      const trusted = trustedKeys(keys);
      const promised = verifyPromise(promise, { keys: trusted.promises });
      const proven = promised.holds && verifyTlogProofOfLeaf(text, promised.leaf, { log: trusted.checkpoints }).holds;
      expectEqual('the proof', proven, true);
      return "it holds; the entry's id was enough, no token was needed";
    },
  );
  return { keys, promise, proof, checkpoint: await alice.audit.checkpoint() };
}

/** Verifies the record of a service that has ended, and then a copy of it in which one byte was changed. */
export async function verifyRecord(database: string, kept: KeptEvidence, narrator: Narrator): Promise<void> {
  const { keys, promise, proof, checkpoint } = kept;
  const log = TrustedLog.of({ checkpoints: [keys.checkpoints], times: [keys.times], promises: [keys.promises] });
  const verify = (file: string): RecordReport =>
    verifyDatabase(file, log, {
      checkpoints: [{ where: 'what the wallet kept', notes: [checkpoint] }],
      promises: [{ header: promise, where: 'what the wallet kept' }],
      proofs: [{ text: proof, where: 'what the wallet kept' }],
    });
  await narrator.step(
    'The offline verifier holds the record against what the wallet kept',
    () => Promise.resolve(verify(database)),
    ({ findings, covered, promises, proofs }) => {
      expectEqual('the record', findings[0]?.kind, undefined);
      expectEqual('the number of promises and proofs', promises.length + proofs.length, 2);
      return `${covered} entries are those that were signed, the promise is kept, the proof holds`;
    },
  );
  const copy = `${database}.edited`;
  await narrator.step(
    'Somebody makes a payment of 10 ZCN one of 90, a single byte of a copy, and it is verified again',
    () => {
      writeFileSync(copy, withOneByteChanged(readFileSync(database)));
      return Promise.resolve(verify(copy));
    },
    ({ findings: [finding] }) => {
      expectEqual('the finding', finding?.kind, 'entry-changed');
      return finding?.text ?? '';
    },
  );
}

/** The amount in one entry, in the pages of the file as they are: no trigger is asked. */
function withOneByteChanged(file: Buffer): Buffer {
  const at = file.indexOf('"value":"10000000000"');
  if (at < 0) throw new Error('the record tells of no payment');
  file[at + '"value":"'.length] = '9'.charCodeAt(0);
  return file;
}
