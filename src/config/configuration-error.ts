/**
 * Why the service does not start: one line that names the setting and the rule. It never holds the refused
 * value, which may be a secret pasted into the wrong variable.
 */
export class ConfigurationError extends Error {
  /**
   * @param setting the environment variable at fault
   * @param rule what it must be, as the rest of a sentence that begins with the setting
   */
  constructor(
    readonly setting: string,
    rule: string,
  ) {
    super(`${setting} ${rule}`);
    this.name = 'ConfigurationError';
  }
}
