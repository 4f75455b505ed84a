import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { extname, join } from 'node:path';
import { inProject } from './project.mjs';

const PAGE = inProject('test', 'interop', 'wasm');
/** @type {Readonly<Record<string, string>>} */
const TYPES = { html: 'text/html', js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm' };

/**
 * @typedef {{ readonly name: string, readonly outcome: 'pass' | 'fail' | 'skip', readonly why?: string }} PageResult
 */

/**
 * @typedef {object} Asked
 * @property {import('node:http').IncomingMessage} request
 * @property {URLSearchParams} query
 * @property {string} origin
 */

/**
 * Serves the page on a port of the loopback, with the files that it loads, `settings` for it, and a chain that takes and
 * confirms every transaction. Gives `{ url, results, close }`; `results` resolves to what the page has found.
 *
 * @param {Readonly<Record<string, string>>} files
 * @param {object} settings
 */
export async function servePage(files, settings) {
  const sent = new Map();
  /** @type {(results: PageResult[]) => void} */
  let found = () => undefined;
  /** @type {Promise<PageResult[]>} */
  const results = new Promise((resolve) => (found = resolve));
  const served = new Map(Object.entries({ ...pageFiles(['page.html', 'page.mjs', 'sdk.mjs', 'rules.mjs']), ...files }));
  /** @type {Readonly<Record<string, (asked: Asked) => unknown>>} */
  const answers = {
    '/settings.json': ({ origin }) => ({ ...settings, chain: origin }),
    '/sent.json': () => [...sent.values()],
    '/results': async ({ request }) => {
      found(JSON.parse(await text(request)));
      return {};
    },
    '/network': ({ origin }) => ({ miners: [origin], sharders: [origin] }),
    '/v1/client/get/balance': () => ({ balance: 1, nonce: 6 }),
    '/v1/fees_table': () => ({ transfer: { transfer: 100 } }),
    '/v1/transaction/put': async ({ request }) => {
      const given = JSON.parse(await text(request));
      sent.set(given.hash, given);
      return {};
    },
    '/v1/transaction/get/confirmation': ({ query }) => ({
      txn: { ...sent.get(query.get('hash')), transaction_status: 1 },
    }),
    '/': () => ({}),
  };

  const server = createServer((request, response) => {
    const { pathname, searchParams: query, origin } = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const file = served.get(pathname);
    if (file !== undefined) {
      response.setHeader('Content-Type', TYPES[extname(file).slice(1)] ?? 'application/octet-stream');
      createReadStream(file).pipe(response);
    } else if (Object.hasOwn(answers, pathname)) {
      void Promise.resolve(answers[pathname]?.({ request, query, origin })).then((answer) => {
        response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
      });
    } else {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () => server.close() && server.closeAllConnections();
  return { url: `http://127.0.0.1:${port}/page.html`, results, close };
}

/** @param {readonly string[]} names */
function pageFiles(names) {
  return Object.fromEntries(names.map((name) => [`/${name}`, join(PAGE, name)]));
}
