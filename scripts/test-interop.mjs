// npm run test:interop: 0Chain's own Go client against the built server. Further arguments go to `go test`.
import { ensureBuild } from './ensure-build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { reasonGoCannot, runGoTests } from './go-tests.mjs';
import { inProject } from './project.mjs';
import { reportSuite } from './reports.mjs';
import { whileServing } from './serve-built.mjs';
import { skipSuite } from './suite-skip.mjs';

const SUITE = 'interop';
const CLIENT = inProject('test', 'interop', 'gosdk');

const reason = reasonGoCannot(CLIENT);
if (reason !== undefined) skipSuite(SUITE, reason, { demanded: reason !== 'Go is not installed' });
await ensureInstall();
await ensureBuild();

const counts = await whileServing(({ url, zvaultUrl, zauthUrl, jwtSecret }) =>
  runGoTests(
    CLIENT,
    { KMS_URL: url, KMS_ZVAULT_URL: zvaultUrl, KMS_ZAUTH_URL: zauthUrl, KMS_JWT_SECRET: jwtSecret },
    process.argv.slice(2),
  ),
);
reportSuite(SUITE, counts);
console.log(`gosdk: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
