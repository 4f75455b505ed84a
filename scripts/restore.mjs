// npm run restore -- FILE: checks a copy of the database and puts it in the database's place.
import { runKms } from './run-built.mjs';

await runKms('restore');
