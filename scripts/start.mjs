// npm start: install, build, serve. Migrations run inside the server's own start.
import './no-debugger.mjs';
import { runBuilt } from './run-built.mjs';
import { SERVER_NODE_ARGUMENTS } from './server-node-arguments.mjs';

await runBuilt('main.js', SERVER_NODE_ARGUMENTS);
