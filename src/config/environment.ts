/** One variable of the process's environment, for the commands that take a single setting from it. */
export function environmentVariable(name: string): string | undefined {
  return process.env[name];
}
