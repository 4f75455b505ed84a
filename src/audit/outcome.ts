/** Approved: done. Denied: a rule said no. Failed: we could not decide or could not do it. */
export type Outcome = 'approved' | 'denied' | 'failed';
