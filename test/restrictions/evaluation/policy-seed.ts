/** What random questions are drawn from; `POLICY_SEED` repeats a run. */
export const POLICY_SEED = Number(process.env['POLICY_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
