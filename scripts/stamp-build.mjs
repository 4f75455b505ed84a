// npm's `postbuild`: a manual `npm run build` counts as a build too.
import { hashSources, stampBuild } from './build-stamp.mjs';

stampBuild(hashSources());
