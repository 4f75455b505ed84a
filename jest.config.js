// Jest runs TypeScript as ES modules (node --experimental-vm-modules), transformed file by file by swc;
// types are the compiler's business (`npm run typecheck`).
export default {
  testEnvironment: 'node',
  rootDir: '.',
  roots: ['<rootDir>/test'],
  globalSetup: './scripts/jest-global-setup.mjs',
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: process.env.RUN_SLOW_TESTS === '1' ? [] : ['\\.slow\\.spec\\.ts$'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testTimeout: 60_000,
  maxWorkers: 2,
};
