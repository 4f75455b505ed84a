import { StartError } from '../errors/start-error.js';

/**
 * A setting that is not as it must be: one line that names the setting and the rule. It never holds the refused
 * value, which may be a secret pasted into the wrong variable.
 */
export class ConfigurationError extends StartError {
  override readonly name = 'ConfigurationError';
  /** What was odd about the variables' names, which often is the reason: one line each, without values. */
  warnings: readonly string[] = [];

  /**
   * @param setting the environment variable at fault
   * @param rule what it must be, as the rest of a sentence that begins with the setting
   */
  constructor(
    readonly setting: string,
    rule: string,
  ) {
    super(`${setting} ${rule}`);
  }
}
