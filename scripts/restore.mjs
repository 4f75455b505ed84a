// npm run restore -- FILE: checks a copy of the database and puts it in the database's place.
import { runBuilt } from './run-built.mjs';

await runBuilt('cli/restore.js');
