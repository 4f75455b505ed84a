// Everything that is made before the measuring: databases, wallets, requests with their partial signatures, children.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { authenticateRowsIn, keyRingsIn } from './key-rings.mjs';
import { createHerumiEngine } from '#built/crypto/mcl/herumi-engine.js';
import { loadMclModule } from '#built/crypto/mcl/mcl-module.js';
import { createSealer } from '#built/crypto/sealing/create-sealer.js';
import { forkAnswerer } from './children.mjs';
import { insertWallets } from './database.mjs';
import { SCENARIOS } from './plan.mjs';
import { makeMessages, makeTransactions } from './requests.mjs';
import { startServer } from './server.mjs';
import { makeFiller, makeWallet } from './wallets.mjs';

/** @typedef {import('./requests.mjs').SigningCall} SigningCall */
/** @typedef {import('./wallets.mjs').Wallet} Wallet */

/**
 * @typedef {Awaited<ReturnType<typeof openWorkshop>> & { readonly check: typeof import('./requests.mjs').checkAnswers }} Workshop
 */

const WALLETS = 1000;
const FEW = 10;

/**
 * Makes it all below `root`; `say` is told what is being done. The children are `killChildren`'s to end.
 *
 * @param {string} root
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function openWorkshop(root, plan, say) {
  const engine = createHerumiEngine(await loadMclModule());
  const empty = folder(root, 'empty');
  say('making an empty database');
  await (await startServer(empty, { ...plan, project: plan.against })).stop();
  const sealer = createSealer((await keyRingsIn(empty)).auth);

  say(`making ${WALLETS} wallets`);
  const wallets = Array.from({ length: WALLETS }, () => makeWallet(engine, sealer));
  const directories = { many: folder(root, 'many'), few: folder(root, 'few') };
  for (const directory of Object.values(directories)) cpSync(empty, directory, { recursive: true });
  insertWallets(directories.many, wallets);
  insertWallets(directories.few, wallets.slice(0, FEW));
  for (const directory of Object.values(directories)) await authenticateRowsIn(directory);

  say('signing the users’ halves');
  const requests = new Map(SCENARIOS.flatMap((scenario) => poolsOf(scenario, engine, wallets, plan)));
  const children = await startChildren(requests, { directory: empty, workers: plan.workers });
  return {
    root,
    engine,
    directories,
    wallets,
    requests,
    ...children,
    makeLargeDatabase: () => makeLarge(root, directories, plan, say),
  };
}

/**
 * @param {(typeof SCENARIOS)[number]} scenario
 * @param {import('#built/crypto/bls0chain/bls-engine.js').BlsEngine} engine
 * @param {readonly Wallet[]} wallets
 * @param {Pick<import('./plan.mjs').Plan, 'poolSize'>} plan
 * @returns {[name: string, requests: SigningCall[]][]}
 */
function poolsOf({ name, wallets: count }, engine, wallets, { poolSize }) {
  const signers = wallets.slice(0, count);
  const size = Math.max(poolSize, count);
  return [
    [`${name} msg`, makeMessages(engine, signers, size)],
    [`${name} txn`, makeTransactions(engine, signers, size)],
  ];
}

/**
 * @param {ReadonlyMap<string, readonly SigningCall[]>} requests
 * @param {{ readonly directory: string, readonly workers: number }} setUp
 */
async function startChildren(requests, setUp) {
  const [generator, ceiling, naive] = ['load-generator', 'ceiling', 'naive'].map((name) =>
    forkAnswerer(`./${name}.mjs`),
  );
  await ceiling.ask({ kind: 'setUp', ...setUp });
  for (const [name, pool] of requests) {
    await generator.ask({ kind: 'pool', name, requests: pool.map(({ path, peer, body }) => ({ path, peer, body })) });
    if (name.endsWith('msg')) await ceiling.ask({ kind: 'jobs', name, jobs: pool.map(jobOf) });
  }
  await naive.ask({ kind: 'requests', requests: (requests.get('some msg') ?? []).map(naiveRequestOf) });
  return { generator, ceiling, naive };
}

const copyOf = (/** @type {Uint8Array} */ bytes) => Uint8Array.from(bytes);

/** @param {SigningCall} call */
function jobOf({ wallet, hash, userPartial }) {
  return {
    kind: 'co-sign',
    sealedShare: copyOf(wallet.sealedServerShare),
    shareId: wallet.shareId,
    wallet: wallet.wallet,
    clientKey: copyOf(wallet.clientKey),
    userKey: copyOf(wallet.userKey),
    message: copyOf(hash),
    userPartial: copyOf(userPartial),
  };
}

/** @param {SigningCall} call */
function naiveRequestOf({ wallet, hash, userPartial }) {
  const { clientKey, serverShare } = wallet;
  return { clientKey, message: copyOf(hash), userPartial, serverShare: copyOf(serverShare.expose()) };
}

/**
 * The database of {@link WALLETS} wallets with so many more beside them that it holds `largeDatabase`.
 *
 * @param {string} root
 * @param {{ readonly many: string }} directories
 * @param {Pick<import('./plan.mjs').Plan, 'largeDatabase'>} plan
 * @param {import('./plan.mjs').Say} say
 */
async function makeLarge(root, { many }, { largeDatabase }, say) {
  say(`making a database of ${largeDatabase.toLocaleString('en')} wallets`);
  const large = folder(root, 'large');
  cpSync(many, large, { recursive: true });
  insertWallets(
    large,
    (function* () {
      for (let made = WALLETS; made < largeDatabase; made++) yield makeFiller();
    })(),
  );
  await authenticateRowsIn(large);
  return large;
}

/**
 * @param {string} root
 * @param {string} name
 */
function folder(root, name) {
  const path = join(root, name);
  mkdirSync(path, { mode: 0o700 });
  return path;
}
