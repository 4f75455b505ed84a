// npm run migration:<command>: show, run and revert are kms migrate. Whatever else, above all generate, is a developer's:
// TypeORM's command line with the DataSource of ormconfig.ts, which is compiled first because Node 20 cannot load
// TypeScript. Further arguments go there.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstall } from './ensure-install.mjs';
import { giveUp, inProject } from './project.mjs';
import { runBuilt } from './run-built.mjs';
import { runNode } from './run-child.mjs';

const [command, ...furtherArguments] = process.argv.slice(2);
if (command === undefined) giveUp('Which command? For example: npm run migration:show');

/** @type {Readonly<Record<string, readonly string[]>>} */
const OF_KMS = { show: ['--show'], run: [], revert: ['--revert'] };
const ofKms = OF_KMS[command];
if (ofKms === undefined) await runTypeorm(command);
else await runBuilt('cli/kms.js', [], {}, ['migrate', ...ofKms, ...furtherArguments]);

/** @param {string} name */
async function runTypeorm(name) {
  await ensureInstall();
  const compiled = inProject('node_modules', '.cache', 'ormconfig');
  await compileOrmconfig(compiled);
  process.exitCode = await runNode([
    inProject('node_modules', 'typeorm', 'cli.js'),
    `migration:${name}`,
    ...furtherArguments,
    '--dataSource',
    join(compiled, 'ormconfig.js'),
  ]);
}

/**
 * Compiles ormconfig.ts and what it imports into a folder of their own.
 *
 * @param {string} outDir
 */
async function compileOrmconfig(outDir) {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  writeFileSync(join(outDir, 'package.json'), '{ "type": "module" }\n');
  const project = join(outDir, 'tsconfig.json');
  const settings = {
    extends: inProject('tsconfig.build.json'),
    compilerOptions: { rootDir: inProject(), outDir },
    include: [inProject('ormconfig.ts')],
  };
  writeFileSync(project, JSON.stringify(settings));
  const exitCode = await runNode([inProject('node_modules', 'typescript', 'bin', 'tsc'), '-p', project]);
  if (exitCode !== 0) giveUp('ormconfig.ts does not compile.', exitCode);
}
