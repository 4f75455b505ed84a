// npm start: install, build, serve. Migrations run inside the server's own start.
import { runBuilt } from './run-built.mjs';

await runBuilt('main.js');
