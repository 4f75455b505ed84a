/** What random questions are drawn from; `POLICY_SEED` repeats a run. */
export const POLICY_SEED = Number(process.env['POLICY_SEED'] ?? Math.floor(Math.random() * 2 ** 32));

/** How many random questions to ask of so many: fewer for `npm run test:mutation`, which asks them a thousand times. */
export function ofQuestions(all: number): number {
  return Math.ceil(all / Number(process.env['POLICY_QUESTIONS_DIVIDED_BY'] ?? 1));
}
