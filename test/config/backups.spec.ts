import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';

const RECIPIENT = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
const HYBRID = `age1pq1${'q'.repeat(1900)}`;

describe('the settings of backups', () => {
  it('are a schedule together', () => {
    const settings = { BACKUP_DIR: 'kept', BACKUP_RECIPIENTS: `${RECIPIENT}, ${HYBRID}` };
    expect(loadConfiguration(settings).backups).toEqual({
      directory: resolve('kept'),
      recipients: [RECIPIENT, HYBRID],
      everyMilliseconds: 6 * 3_600_000,
      keep: 28,
    });
    const more = { ...settings, BACKUP_EVERY_HOURS: '1', BACKUP_KEEP: '3' };
    expect(loadConfiguration(more).backups).toMatchObject({ everyMilliseconds: 3_600_000, keep: 3 });
  });

  it.each([
    [{ BACKUP_DIR: 'kept' }, /^BACKUP_RECIPIENTS must be set with BACKUP_DIR/],
    [{ BACKUP_RECIPIENTS: RECIPIENT }, /^BACKUP_RECIPIENTS needs BACKUP_DIR/],
    [{ BACKUP_DIR: 'kept', BACKUP_RECIPIENTS: 'alice' }, /^BACKUP_RECIPIENTS must be recipients of age/],
    [{ BACKUP_DIR: 'kept', BACKUP_RECIPIENTS: 'AGE-SECRET-KEY-1QQ' }, /^BACKUP_RECIPIENTS holds a secret key/],
    [
      { BACKUP_DIR: 'kept', BACKUP_RECIPIENTS: `${RECIPIENT} `.repeat(21).trim() },
      /^BACKUP_RECIPIENTS must be at most 20/,
    ],
    [
      { BACKUP_DIR: 'kept', BACKUP_RECIPIENTS: RECIPIENT, DATABASE: ':memory:' },
      /^BACKUP_DIR needs a database in a file/,
    ],
    [{ BACKUP_KEEP: '0' }, /^BACKUP_KEEP must be a whole number/],
    [{ BACKUP_EVERY_HOURS: '6h' }, /^BACKUP_EVERY_HOURS must be a whole number/],
  ])('are refused as %j, and none of them is repeated', (settings, said) => {
    const load = (): unknown => loadConfiguration(settings);
    expect(load).toThrow(said);
    expect(load).not.toThrow(/alice|1QQ/);
  });
});
