/** Approved: done. Denied: a rule said no. Failed: we could not decide or could not do it. */
export const OUTCOMES = ['approved', 'denied', 'failed'] as const;

export type Outcome = (typeof OUTCOMES)[number];
