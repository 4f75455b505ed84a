// Jest runs TypeScript as ES modules (node --experimental-vm-modules), transformed file by file by swc;
// types are the compiler's business (`npm run typecheck`).

/** Tests that open a database themselves must load the same driver as src/database/sqlite-driver.ts does. */
const driver = Number(process.versions.napi) >= 10 ? { '^better-sqlite3$': 'better-sqlite3-napi' } : {};

export default {
  testEnvironment: 'node',
  // The client from its sources, as the compiler has it.
  testEnvironmentOptions: { customExportConditions: ['kms-source', 'node', 'node-addons'] },
  rootDir: '.',
  roots: ['<rootDir>/test'],
  globalSetup: './scripts/jest-global-setup.mjs',
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: process.env.RUN_SLOW_TESTS === '1' ? [] : ['\\.slow\\.spec\\.ts$'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', ...driver },
  testTimeout: 60_000,
  maxWorkers: 2,
  // Of ES modules each file leaves some 15 to 30 MB behind (jest issue 14605). Near the heap's limit of 4 GB a worker does
  // little but collect garbage, so it is ended before.
  workerIdleMemoryLimit: '1GB',
};
