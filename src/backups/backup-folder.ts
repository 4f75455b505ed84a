import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncPath } from '../database/new-database.js';

/** `kms-20261129T060000Z.age`: nothing else in the folder is ours. */
const OURS = /^kms-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.age$/;

/** A backup that a schedule has made. */
export interface KeptBackup {
  readonly name: string;
  /** Of its name: when it was made, in milliseconds since the Unix epoch. */
  readonly atMilliseconds: number;
}

/** The folder that a schedule fills: what it has made is known by its names, so that a restart forgets nothing. */
export class BackupFolder {
  constructor(readonly path: string) {}

  /** Where one goes that is made now. */
  fileAt(milliseconds: number): string {
    const stamp = new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '');
    return join(this.path, `kms-${stamp}.age`);
  }

  /** Ours, the oldest first. Throws what the file system says. */
  list(): readonly KeptBackup[] {
    return readdirSync(this.path)
      .flatMap((name) => {
        const [, ...digits] = OURS.exec(name) ?? [];
        if (digits.length === 0 || !lstatSync(join(this.path, name)).isFile()) return [];
        const [year = 0, month = 0, ...rest] = digits.map(Number);
        const [day = 0, hours = 0, minutes = 0, seconds = 0] = rest;
        return [{ name, atMilliseconds: Date.UTC(year, month - 1, day, hours, minutes, seconds) }];
      })
      .sort((one, other) => one.atMilliseconds - other.atMilliseconds);
  }

  /**
   * Removes the oldest of ours beyond so many, and never the one that was made just now, whatever the names of the others
   * say. Throws what the file system says.
   *
   * @param made its path
   */
  keepNewest(count: number, made: string): void {
    const others = this.list().filter(({ name }) => join(this.path, name) !== made);
    const going = others.slice(0, Math.max(0, others.length - (count - 1)));
    for (const { name } of going) rmSync(join(this.path, name));
    if (going.length > 0) syncPath(this.path);
  }
}
