import { BatchCoSigner } from '../../../crypto/mcl/batch/batch-co-signer.js';
import type { CoSignRequest } from '../../../crypto/mcl/batch/co-sign-request.js';
import type { BlsEngine, BlsEngineName } from '../../../crypto/bls0chain/bls-engine.js';
import { combineVerified } from '../../../crypto/bls0chain/combine.js';
import { createBlsEngine } from '../../../crypto/create-engine.js';
import { MalformedEncodingError } from '../../../crypto/bls0chain/malformed-encoding-error.js';
import { loadMclModule } from '../../../crypto/mcl/mcl-module.js';
import type { Sealer } from '../../../crypto/sealing/sealer.js';
import { CurveWork } from './curve-work.js';

/** The arithmetic by one engine: herumi in batches, noble one request at a time. */
export async function createCurveWork(name: BlsEngineName, sealer: Sealer, batchMax: number): Promise<CurveWork> {
  const engine = await createBlsEngine(name);
  if (name === 'noble') return new CurveWork(engine, (requests) => requests.map((one) => coSign(engine, one)), sealer);
  const coSigner = new BatchCoSigner(await loadMclModule(), { batchMax });
  return new CurveWork(
    engine,
    (requests) => coSigner.cosign(requests),
    sealer,
    () => coSigner.counters(),
  );
}

function coSign(
  engine: BlsEngine,
  { clientKey, message, userPartial, serverShare }: CoSignRequest,
): Uint8Array | undefined {
  try {
    const serverPartial = engine.sign(serverShare, message);
    return combineVerified(engine, { clientKey, message, userPartial, serverPartial });
  } catch (error) {
    if (error instanceof MalformedEncodingError) return undefined;
    throw error;
  }
}
