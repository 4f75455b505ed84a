// A witness in a process of its own, to be killed: node witness-process.mjs STATE KEY VKEY
import { parseVkey } from '../../../dist/audit/tlog/verifier-key.js';
import { startWitness } from '../../../dist/audit/witness/start-witness.js';

const [state, key, vkey] = process.argv.slice(2);
const { port } = await startWitness({
  host: '127.0.0.1',
  port: 0,
  logs: [parseVkey(vkey, 'VKEY')],
  state,
  key,
  name: 'witness.example/killed',
  nowSeconds: () => Math.floor(Date.now() / 1000),
  say: console.error,
});
console.log(`listens on ${port}`);
