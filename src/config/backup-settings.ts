import { ConfigurationError } from './configuration-error.js';
import { optionalSetting, setting } from './setting.js';
import { path, wholeNumber } from './setting-parsers.js';

const MOST_RECIPIENTS = 20;

/** When the service backs itself up, and for whom. */
export const BACKUP_SETTINGS = {
  BACKUP_DIR: optionalSetting({
    unit: 'path',
    default: 'the service makes no backups by itself',
    example: '/backups/kms',
    summary:
      'The folder in which the service keeps encrypted backups of its database by itself; it must be there. Put it on ' +
      'another disk, better on another machine.',
    parse: path,
  }),
  BACKUP_RECIPIENTS: optionalSetting({
    unit: 'recipients of age',
    default: 'none',
    example: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
    summary:
      'Who can open these backups, separated by white space or commas, each alone; at most 20. Required with `BACKUP_DIR`. ' +
      'Keep their secret keys on another machine.',
    parse: recipients,
  }),
  BACKUP_EVERY_HOURS: setting({
    unit: 'hours',
    default: '6',
    example: '24',
    summary: 'How old the newest backup is when the next one is made. 1 to 8760.',
    parse: wholeNumber(1, 8_760),
  }),
  BACKUP_KEEP: setting({
    unit: 'backups',
    default: '28',
    example: '60',
    summary:
      'How many are kept: the oldest beyond it are removed when a new one is complete. What is deleted from the database ' +
      'lives on in backups for `BACKUP_KEEP` times `BACKUP_EVERY_HOURS`. 1 to 10000.',
    parse: wholeNumber(1, 10_000),
  }),
} as const;

function recipients(text: string, name: string): readonly string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.some((word) => /^AGE-SECRET-KEY-/i.test(word))) {
    throw new ConfigurationError(name, 'holds a secret key: give its public one (age-keygen -y), and make a new pair');
  }
  // Bech32 (BIP 173) with the checksum left to age itself; a hybrid recipient has almost 2,000 characters.
  if (words.length === 0 || !words.every((word) => /^age1[02-9ac-hj-np-z]{58,2000}$/.test(word.replace('pq1', '')))) {
    throw new ConfigurationError(name, 'must be recipients of age: age1…, as age-keygen tells them');
  }
  if (words.length > MOST_RECIPIENTS)
    throw new ConfigurationError(name, `must be at most ${MOST_RECIPIENTS} recipients`);
  return Object.freeze(words);
}
