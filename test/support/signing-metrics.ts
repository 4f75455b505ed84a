import { successOf } from './api-client.js';
import type { TestServer } from './test-server.js';

/** How many jobs the curve workers have been given since the start. */
export async function jobsGiven(server: TestServer): Promise<number> {
  const answer = await server.anonymous().get('/metrics');
  successOf(answer);
  const [, jobs] = /^kms_signing_batch_size_sum ([0-9]+)$/m.exec(answer.text) ?? [];
  if (jobs === undefined) throw new Error('the metrics do not tell of batches');
  return Number(jobs);
}
