// Before any test: the build, whose compiled curve worker every server in a test runs.
import { ensureBuild } from './ensure-build.mjs';

export default () => ensureBuild();
