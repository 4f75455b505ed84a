import type { CurveJob, CurveResult } from './curve-job.js';
import { packRecords, unpackRecords } from './packed-records.js';
import type { PackedField, PackedRecord, RecordReader } from './packed-records.js';

// A batch crosses between the threads as one array. To clone its jobs with their many small arrays costs the HTTP
// thread more than twice as much.

/** The jobs in one array that owns its buffer. Copies: the jobs' own bytes may lie anywhere, in Buffer's pool too. */
export function packJobs(jobs: readonly CurveJob[]): Uint8Array<ArrayBuffer> {
  return packRecords(jobs.map(recordOfJob));
}

/** The jobs again, their bytes as views of `packed`. Throws `RangeError` for anything but what was packed. */
export function unpackJobs(packed: Uint8Array): CurveJob[] {
  return unpackRecords(packed, readJob);
}

/** The results in one array that owns its buffer. */
export function packResults(results: readonly CurveResult[]): Uint8Array<ArrayBuffer> {
  return packRecords(results.map(recordOfResult));
}

/** The results again, their bytes as views of `packed`. Throws `RangeError` for anything but what was packed. */
export function unpackResults(packed: Uint8Array): CurveResult[] {
  return unpackRecords(packed, readResult);
}

const JOB_TAGS = { 'co-sign': 1, 'check-partial': 2 } as const;

function recordOfJob(job: CurveJob): PackedRecord {
  return { tag: JOB_TAGS[job.kind], fields: fieldsOfJob(job) };
}

function fieldsOfJob(job: CurveJob): PackedField[] {
  switch (job.kind) {
    case 'co-sign':
      return [job.shareId, job.wallet, job.sealedShare, job.clientKey, job.userKey, job.message, job.userPartial];
    case 'check-partial':
      return [job.shareId, job.userKey, job.message, job.userPartial];
  }
}

function readJob(record: RecordReader): CurveJob {
  const tag = record.tag();
  const shareId = record.text();
  switch (tag) {
    case JOB_TAGS['co-sign']:
      return {
        kind: 'co-sign',
        shareId,
        wallet: record.text(),
        sealedShare: record.bytes(),
        clientKey: record.bytes(),
        userKey: record.bytes(),
        message: record.bytes(),
        userPartial: record.bytes(),
      };
    case JOB_TAGS['check-partial']:
      return {
        kind: 'check-partial',
        shareId,
        userKey: record.bytes(),
        message: record.bytes(),
        userPartial: record.bytes(),
      };
    default:
      throw new RangeError('a packed job of no known kind');
  }
}

const RESULT_TAGS = {
  signed: 1,
  'users-own': 2,
  'wrong-partial': 3,
  'malformed-partial': 4,
  failed: 5,
} as const;

function recordOfResult(result: CurveResult): PackedRecord {
  return { tag: RESULT_TAGS[result.outcome], fields: fieldsOfResult(result) };
}

function fieldsOfResult(result: CurveResult): PackedField[] {
  if (result.outcome === 'signed') return [result.signature];
  return 'reason' in result ? [result.reason] : [];
}

function readResult(record: RecordReader): CurveResult {
  switch (record.tag()) {
    case RESULT_TAGS.signed:
      return { outcome: 'signed', signature: record.bytes() };
    case RESULT_TAGS['users-own']:
      return { outcome: 'users-own' };
    case RESULT_TAGS['wrong-partial']:
      return { outcome: 'wrong-partial' };
    case RESULT_TAGS['malformed-partial']:
      return { outcome: 'malformed-partial', reason: record.text() };
    case RESULT_TAGS.failed:
      return { outcome: 'failed', reason: record.text() };
    default:
      throw new RangeError('a packed result of no known outcome');
  }
}
