/** Whether a command line is `kms serve`, and asks for no help. Imports nothing: signals are not heard yet. */
export function isToServe([name, ...options]: readonly string[]): boolean {
  return name === 'serve' && options.every((option) => option === '--json');
}
