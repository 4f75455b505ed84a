import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';

/** Since Node 22.14; Node 20 has 9. */
const NODE_API_OF_13 = 10;

/**
 * better-sqlite3 for this Node: 13 where Node can load it, else 12. Both have the interface of 12's types.
 *
 * 12 must not be loaded by Node 24.19 or later: an object of it that the garbage collector finds outside of any
 * JavaScript ends the process (`Assertion failed: (env) != nullptr`). 13 must not be loaded by Node 20: it ends
 * the process at once. See docs/adr/0011-libraries-and-held-back-versions.md.
 */
export const SqliteDriver = createRequire(import.meta.url)(
  Number(process.versions['napi']) >= NODE_API_OF_13 ? 'better-sqlite3-napi' : 'better-sqlite3',
) as typeof BetterSqlite3;
