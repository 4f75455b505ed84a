// npm run test:mutation: changes the rules of signing in small ways, one by one, and asks whether a test notices. Takes
// the parts to try (all when none is named); what follows goes to Stryker. See docs/reliability.md.
import { ensureInstall } from './ensure-install.mjs';
import { MUTATION_PARTS } from './mutation-parts.mjs';
import { giveUp, inProject } from './project.mjs';
import { runAloud, summarise } from './run-steps.mjs';

const STRYKER = inProject('node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');

const words = process.argv.slice(2);
const options = words.findIndex((word) => word.startsWith('-'));
const named = options === -1 ? words : words.slice(0, options);
const forStryker = options === -1 ? [] : words.slice(options);
const unknown = named.filter((part) => !(part in MUTATION_PARTS));
if (unknown.length > 0) {
  giveUp(`There is no part ${unknown.join(', ')}; there are ${Object.keys(MUTATION_PARTS).join(', ')}.`);
}

await ensureInstall();
const steps = [];
for (const [part, { specs }] of Object.entries(MUTATION_PARTS)) {
  if (named.length > 0 && !named.includes(part)) continue;
  const env = {
    ...process.env,
    MUTATION_PART: part,
    MUTATION_SPECS: specs.join(','),
    // The same questions for every change, and few of them: thousands of changes are tried.
    POLICY_SEED: process.env['POLICY_SEED'] ?? '1',
    POLICY_QUESTIONS_DIVIDED_BY: process.env['POLICY_QUESTIONS_DIVIDED_BY'] ?? '200',
  };
  steps.push(await runAloud({ name: `mutation of ${part}`, args: [STRYKER, 'run', ...forStryker], env }));
}
process.exitCode = summarise(steps) ? 0 : 1;
