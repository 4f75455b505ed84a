/** One environment variable: how it is documented, how it is read and what holds when it is not set. */
export interface Setting<T> {
  readonly unit: string;
  /** The default as the documentation shows it. */
  readonly default: string;
  readonly example: string;
  readonly summary: string;
  /** The lower-case spelling that goes first, for the variables which all programs of a machine share. */
  readonly lowerCase?: string;
  /** Names a file with a secret in it, which other users must not be able to read. */
  readonly isSecretFile?: true;
  /** Reads a non-empty text. Throws `ConfigurationError` naming `name`, never the text. */
  readonly parse: (text: string, name: string) => T;
  /** The value of a variable that is absent or empty. */
  readonly absent: () => T;
}

type Described<T> = Omit<Setting<T>, 'absent'>;

/** A setting whose documented default is read by its own parser, so that the two cannot disagree. */
export function setting<T>(described: Described<T>): Setting<T> {
  return { ...described, absent: () => described.parse(described.default, 'a default') };
}

/** A setting that may be absent; `default` then says in words what happens. */
export function optionalSetting<T>(described: Described<T>): Setting<T | undefined> {
  return { ...described, absent: () => undefined };
}

/** The value of one setting. An empty variable counts as absent, as container files cannot unset one. */
export function readSetting<T>(name: string, described: Setting<T>, text: string | undefined): T {
  return text === undefined || text === '' ? described.absent() : described.parse(text, name);
}
