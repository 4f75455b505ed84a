/** Why the service, or a command of it, does not start: one line for the operator, who can mend it. Never a secret. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}
