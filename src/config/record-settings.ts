import { ConfigurationError } from './configuration-error.js';
import { optionalSetting, setting } from './setting.js';
import { path, wholeNumber } from './setting-parsers.js';

/** What the log of the record says of itself, and where. */
export const RECORD_SETTINGS = {
  AUDIT_ORIGIN: optionalSetting({
    unit: 'name',
    default: "`PUBLIC_URL` without its scheme, else localhost/split-key-kms; once begun, the log's own",
    example: 'kms.example.org/audit',
    summary:
      'The name of the log of the record, as its checkpoints bear it: like a URL without a scheme, lower-case host first. ' +
      'A log that was begun keeps its name.',
    parse: logOrigin,
  }),
  AUDIT_CHECKPOINT_SECONDS: setting({
    unit: 'seconds',
    default: '10',
    example: '60',
    summary: 'How often a checkpoint of the record is signed, when there are new entries. 1 to 3600.',
    parse: wholeNumber(1, 3_600),
  }),
  AUDIT_CHECKPOINT_FILE: optionalSetting({
    unit: 'path',
    default: '`DATA_DIR`/checkpoints; none with `:memory:`',
    example: '/other-disk/kms-checkpoints',
    summary:
      'Where every checkpoint is appended. A start is refused when the database is older than the last one; put it on ' +
      'another disk than the database, or both can be set back together.',
    parse: path,
  }),
} as const;

/** So that the name of an epoch and the names of keys fit beside it. */
const MOST_CHARACTERS = 80;

const ORIGIN = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~-]+)*$/;

/** Whether it can be the name of a log. */
export function isLogOrigin(text: string): boolean {
  return text.length <= MOST_CHARACTERS && ORIGIN.test(text);
}

function logOrigin(text: string, name: string): string {
  if (!isLogOrigin(text)) {
    throw new ConfigurationError(
      name,
      `must be a name like kms.example.org/audit of at most ${MOST_CHARACTERS} characters: no scheme, no final slash`,
    );
  }
  return text;
}
