// npm run test:slow: only the tests that take minutes. Further arguments go to Jest.
import { JEST } from './checks.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { runAloud, summarise } from './run-steps.mjs';

await ensureInstall();
await ensureBuild();
const slow = await runAloud({
  name: 'slow tests',
  args: [...JEST, ...process.argv.slice(2), '--testMatch', '**/*.slow.spec.ts'],
  env: { ...process.env, RUN_SLOW_TESTS: '1' },
});
process.exitCode = summarise([slow]) ? 0 : 1;
