// Imported first by every script: stops an older Node with one clear line, before newer syntax or an
// installation for the wrong Node gives a puzzling one. Uses only what Node 14 has.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const needed = engines.node.replace('>=', '');

if (isOlder(process.versions.node, needed)) {
  console.error(`This project needs Node ${needed} or later; this is Node ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Whether the dotted version `actual` comes before `wanted`.
 *
 * @param {string} actual
 * @param {string} wanted
 */
function isOlder(actual, wanted) {
  const partsOf = (/** @type {string} */ version) => version.split('.').map(Number);
  const [actualParts, wantedParts] = [partsOf(actual), partsOf(wanted)];
  const differing = wantedParts.findIndex((part, index) => part !== actualParts[index]);
  return differing !== -1 && actualParts[differing] < wantedParts[differing];
}
