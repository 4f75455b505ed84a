// What `npm run test:mutation` changes, part by part, and the specs that have to notice.

/**
 * @typedef {object} Part
 * @property {readonly string[]} mutate patterns of the files that are changed
 * @property {readonly string[]} specs how the paths of their specs begin
 */

/**
 * A change is tried against the specs of its own part alone: fast ones, which start no server.
 *
 * @type {Readonly<Record<string, Part>>}
 */
export const MUTATION_PARTS = {
  decision: {
    mutate: [
      'src/auth/signing/{judge,judge-by-policy,limits-aside}.ts',
      'src/restrictions/{evaluate,explain}.ts',
      'src/restrictions/rules/**/*.ts',
    ],
    specs: ['test/auth/signing/judge', 'test/restrictions/evaluation/'],
  },
  limits: {
    mutate: ['src/restrictions/limits/**/*.ts'],
    specs: ['test/restrictions/evaluation/'],
  },
  policy: {
    mutate: ['src/restrictions/policy/**/*.ts', 'src/restrictions/terms/**/*.ts'],
    specs: [
      'test/restrictions/evaluation/hours',
      'test/restrictions/evaluation/laws',
      'test/restrictions/evaluation/rules',
      'test/restrictions/policy/',
      'test/restrictions/terms/',
    ],
  },
  facts: {
    mutate: ['src/restrictions/facts/**/*.ts', 'src/restrictions/*-*.ts', 'src/restrictions/catalogue.ts'],
    specs: [
      'test/restrictions/call-data',
      'test/restrictions/evaluation/rules',
      'test/restrictions/facts/',
      'test/restrictions/operation-groups',
      'test/restrictions/restriction-list',
      'test/restrictions/what-lists-allow',
    ],
  },
  words: {
    mutate: ['src/restrictions/exposure/**/*.ts', 'src/restrictions/wording/**/*.ts'],
    specs: ['test/restrictions/evaluation/wording', 'test/restrictions/exposure/'],
  },
  tlog: {
    mutate: ['src/audit/tlog/*.ts', 'src/audit/promises/*.ts'],
    specs: ['test/audit/tlog/', 'test/audit/promises/'],
  },
  counts: {
    mutate: ['src/auth/persistence/counts/*.ts', '!src/auth/persistence/counts/*.entity.ts'],
    specs: ['test/auth/persistence/counts/'],
  },
};
