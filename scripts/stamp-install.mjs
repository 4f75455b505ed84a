// npm's `postinstall`: a manual `npm ci` or `npm install` counts as an installation too.
import { stampInstallation } from './installation.mjs';

stampInstallation();
