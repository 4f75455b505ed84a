// Loaded before the built server (`--import`), in its process: makes the n-th statement from now on fail as a disk does,
// reads included. Told what to do over HTTP, on a port of the loopback that it writes to stderr.
import { createServer } from 'node:http';
import { isMainThread } from 'node:worker_threads';
import { SqliteDriver } from '../../dist/database/sqlite-driver.js';

/** Statements since the last order, and which of them is to fail; 0: none. */
const order = { failing: 0, count: 0, code: '' };

function failIfItsTurn() {
  order.count += 1;
  if (order.count === order.failing) throw new SqliteDriver.SqliteError('disk I/O error', order.code);
}

/** Every way in which a statement is run or a text of statements executed. */
function makeFaulty(prototype, methods) {
  for (const method of methods) {
    const sound = prototype[method];
    prototype[method] = function faulty(...values) {
      failIfItsTurn();
      return sound.apply(this, values);
    };
  }
}

if (isMainThread) {
  const database = new SqliteDriver(':memory:');
  makeFaulty(Object.getPrototypeOf(database.prepare('SELECT 1')), ['run', 'get', 'all', 'iterate']);
  makeFaulty(Object.getPrototypeOf(database), ['exec']);
  database.close();
  const control = createServer((request, response) => {
    const { searchParams } = new URL(request.url, 'http://localhost');
    response.end(String(order.count));
    Object.assign(order, { failing: Number(searchParams.get('failing')), count: 0, code: searchParams.get('code') });
  });
  control.listen(0, '127.0.0.1', () => process.stderr.write(`faults at ${control.address().port}\n`));
  control.unref();
}
