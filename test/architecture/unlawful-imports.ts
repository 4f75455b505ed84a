/** A file that breaks the rule it stands under: its path and what it imports. */
export interface UnlawfulImport {
  readonly rule: string;
  readonly file: string;
  readonly imports: string;
  /** Where a type would not break the rule. */
  readonly value?: true;
}

/** For each rule, files that break it: one for each way round that the rule closes. */
export const UNLAWFUL_IMPORTS: readonly UnlawfulImport[] = [
  { rule: 'no-cycles', file: 'src/events/chicken.ts', imports: './egg.js' },
  { rule: 'nothing-unresolved', file: 'src/events/lost.ts', imports: './nowhere.js' },
  { rule: 'no-undeclared-packages', file: 'src/http/uses-a-test-tool.ts', imports: 'fast-check' },
  { rule: 'no-undeclared-packages', file: 'src/http/uses-a-transitive-package.ts', imports: 'semver' },
  { rule: 'vault-knows-nothing-of-auth', file: 'src/vault/split-key/peeks.ts', imports: '../../auth/server-share.js' },
  { rule: 'auth-knows-nothing-of-vault', file: 'src/auth/sign/peeks.ts', imports: '../../vault/master-key.js' },
  { rule: 'only-the-composition-root-sees-both', file: 'src/health/peeks.ts', imports: '../auth/server-share.js' },
  { rule: 'only-the-composition-root-sees-both', file: 'src/server.ts', imports: './vault/master-key.js' },
  {
    rule: 'what-both-halves-have-sees-lists-alone',
    file: 'src/sealed-columns.ts',
    imports: './vault/master-key.js',
  },
  { rule: 'only-the-starter-sees-the-composition-root', file: 'src/cli/composes.ts', imports: '../app.module.js' },
  { rule: 'vault-and-auth-import-from-these-only', file: 'src/vault/heals.ts', imports: '../health/ready.js' },
  { rule: 'vault-and-auth-import-from-these-only', file: 'src/auth/talks.ts', imports: '../cli/terminal.js' },
  { rule: 'restrictions-stand-alone', file: 'src/restrictions/throws.ts', imports: '../errors/refusal.js' },
  { rule: 'restrictions-stand-alone', file: 'src/restrictions/reads-files.ts', imports: 'node:fs' },
  { rule: 'restrictions-stand-alone', file: 'src/restrictions/parses.ts', imports: 'lossless-json' },
  { rule: 'the-chain-stands-alone', file: 'src/chain/restricts.ts', imports: '../restrictions/list.js' },
  { rule: 'the-chain-stands-alone', file: 'src/chain/throws.ts', imports: '../errors/refusal.js' },
  { rule: 'the-chain-stands-alone', file: 'src/chain/calls.ts', imports: 'node:http' },
  { rule: 'json-stands-alone', file: 'src/json/throws.ts', imports: '../errors/refusal.js' },
  { rule: 'crypto-stands-alone', file: 'src/crypto/sealing/throws.ts', imports: '../../errors/refusal.js' },
  { rule: 'crypto-stands-alone', file: 'src/crypto/sealing/calls-home.ts', imports: 'node:http' },
  { rule: 'crypto-stands-alone', file: 'src/crypto/sealing/logs.ts', imports: 'pino' },
  {
    rule: 'key-encryption-stands-alone',
    file: 'src/key-encryption/seals.ts',
    imports: '../crypto/sealing/domain-key.js',
  },
  { rule: 'key-encryption-stands-alone', file: 'src/key-encryption/stores.ts', imports: '../database/transaction.js' },
  { rule: 'key-encryption-stands-alone', file: 'src/key-encryption/reads-files.ts', imports: 'node:fs' },
  { rule: 'the-transparency-log-stands-alone', file: 'src/audit/tlog/reads-rows.ts', imports: '../audit-entry.js' },
  { rule: 'the-transparency-log-stands-alone', file: 'src/audit/tlog/reads-files.ts', imports: 'node:fs' },
  { rule: 'the-transparency-log-stands-alone', file: 'src/audit/tlog/promises.ts', imports: '../promises/terms.js' },
  {
    rule: 'promises-stand-on-the-transparency-log-alone',
    file: 'src/audit/promises/reads-rows.ts',
    imports: '../audit-entry.js',
  },
  {
    rule: 'promises-stand-on-the-transparency-log-alone',
    file: 'src/audit/promises/reads-files.ts',
    imports: 'node:fs',
  },
  { rule: 'verifying-needs-no-service', file: 'src/audit/verify/asks.ts', imports: '../../database/unit-of-work.js' },
  { rule: 'verifying-needs-no-service', file: 'src/audit/verify/records.ts', imports: '../audit-trail.js' },
  { rule: 'verifying-needs-no-service', file: 'src/audit/verify/injects.ts', imports: '@nestjs/common' },
  {
    rule: 'data-keys-are-opened-at-the-start-alone',
    file: 'src/vault/opens.ts',
    imports: '../data-keys/open-key-rings.js',
    value: true,
  },
  {
    rule: 'keys-are-derived-at-the-start-alone',
    file: 'src/vault/derives.ts',
    imports: '../crypto/sealing/domain-key.js',
    value: true,
  },
  {
    rule: 'keys-are-derived-at-the-start-alone',
    file: 'src/identity/reads-secrets.ts',
    imports: '../config/local-secrets.js',
    value: true,
  },
  {
    rule: 'each-half-has-its-own-sealer',
    file: 'src/vault/share-key/seals.ts',
    imports: '../vault-sealing.module.js',
  },
  { rule: 'two-engines-by-two-authors', file: 'src/crypto/noble/asks.ts', imports: '../mcl/engine.js' },
  {
    rule: 'two-engines-by-two-authors-reversed',
    file: 'src/crypto/mcl/batch/asks.ts',
    imports: '../../noble/curve.js',
  },
  {
    rule: 'a-worker-knows-its-protocol-alone',
    file: 'src/auth/curve-workers/thread/asks.ts',
    imports: '../pool/queue.js',
  },
  {
    rule: 'the-pool-knows-its-protocol-alone',
    file: 'src/auth/curve-workers/pool/works.ts',
    imports: '../thread/work.js',
  },
  { rule: 'domain-is-free-of-frameworks', file: 'src/vault/domain/decorated.ts', imports: '@nestjs/common' },
  { rule: 'domain-is-free-of-frameworks', file: 'src/auth/domain/stored.ts', imports: 'typeorm' },
  { rule: 'domain-is-free-of-frameworks', file: 'src/errors/answered.ts', imports: 'fastify' },
  {
    rule: 'features-write-through-the-record',
    file: 'src/vault/share-key/writes.ts',
    imports: '../../database/unit-of-work.js',
  },
  {
    rule: 'features-write-through-the-record',
    file: 'src/auth/persistence/writes.ts',
    imports: '../../database/sqlite-unit-of-work.js',
  },
  {
    rule: 'the-record-is-written-by-these-only',
    file: 'src/vault/share-key/approves.ts',
    imports: '../../audit/audit-trail.js',
  },
  {
    rule: 'the-record-is-written-by-these-only',
    file: 'src/auth/persistence/approves.ts',
    imports: '../../audit/entry-statement.js',
  },
  { rule: 'the-record-is-written-by-these-only', file: 'src/health/records.ts', imports: '../audit/audit-trail.js' },
  { rule: 'only-persistence-knows-the-orm', file: 'src/vault/share-key/queries.ts', imports: '@nestjs/typeorm' },
  { rule: 'only-persistence-knows-the-orm', file: 'src/auth/follow-vault/queries.ts', imports: 'typeorm' },
  {
    rule: 'controllers-reach-tables-through-use-cases',
    file: 'src/vault/make-split-key/make-split-key.controller.ts',
    imports: '../persistence/wallet.repository.js',
  },
  { rule: 'controllers-reach-tables-through-use-cases', file: 'src/auth/sign/sign.controller.ts', imports: 'typeorm' },
  { rule: 'use-cases-know-no-edge', file: 'src/vault/make-split-key/speaks.ts', imports: '../../wire/names.js' },
  { rule: 'use-cases-know-no-edge', file: 'src/auth/signing/answers.ts', imports: '../../http/status.js' },
  { rule: 'use-cases-know-no-edge', file: 'src/vault/domain/shows.ts', imports: '../wire/answer.js' },
  { rule: 'use-cases-know-no-edge', file: 'src/auth/sign/takes-a-body.ts', imports: './sign.body.js' },
  { rule: 'use-cases-know-no-edge', file: 'src/auth/sign/reads.ts', imports: './sign.request.js' },
  { rule: 'foundations-know-no-features', file: 'src/identity/heals.ts', imports: '../health/ready.js' },
  { rule: 'foundations-know-no-features', file: 'src/config/talks.ts', imports: '../cli/terminal.js' },
  { rule: 'foundations-know-no-features', file: 'src/wire/peeks.ts', imports: '../vault/master-key.js' },
  { rule: 'http-speaks-no-words-of-the-service', file: 'src/http/body/names.ts', imports: '../../wire/names.js' },
  { rule: 'http-speaks-no-words-of-the-service', file: 'src/http/errors/hashes.ts', imports: '../../chain/hash.js' },
  {
    rule: 'http-speaks-no-words-of-the-service',
    file: 'src/http/errors/decides.ts',
    imports: '../../restrictions/list.js',
  },
  { rule: 'http-speaks-no-words-of-the-service', file: 'src/http/errors/decodes.ts', imports: '../../crypto/key.js' },
  {
    rule: 'one-place-loads-the-database-driver',
    file: 'src/database/opens.ts',
    imports: 'better-sqlite3',
    value: true,
  },
  {
    rule: 'statements-stay-beside-the-tables',
    file: 'src/vault/share-key/share-key.ts',
    imports: '../../database/open-transaction.js',
  },
  {
    rule: 'statements-stay-beside-the-tables',
    file: 'src/http/errors/records-at-once.ts',
    imports: '../../audit/entry-statement.js',
  },
  { rule: 'statements-stay-beside-the-tables', file: 'src/start/opens.ts', imports: 'better-sqlite3' },
  {
    rule: 'signing-asks-its-journal',
    file: 'src/auth/signing/looks-itself.ts',
    imports: '../persistence/share.repository.js',
  },
  {
    rule: 'signing-asks-its-journal',
    file: 'src/auth/signing/writes.ts',
    imports: '../../database/open-transaction.js',
  },
  { rule: 'the-entry-loads-no-package', file: 'src/main.ts', imports: './server.js', value: true },
  { rule: 'the-entry-loads-no-package', file: 'src/start/start-failure.ts', imports: 'typeorm', value: true },
  { rule: 'the-demo-alone-uses-the-client', file: 'src/http/calls.ts', imports: '../../packages/client/src/index.js' },
  { rule: 'the-client-stands-alone', file: 'packages/client/src/peeks.ts', imports: '../../../src/errors/refusal.js' },
  { rule: 'the-client-stands-alone', file: 'packages/client/src/reads-files.ts', imports: 'node:fs' },
  { rule: 'the-client-stands-alone', file: 'packages/client/src/posts.ts', imports: 'undici' },
  {
    rule: 'the-console-calls-by-the-client',
    file: 'packages/console/src/peeks.ts',
    imports: '../../../src/errors/refusal.js',
  },
  { rule: 'the-console-calls-by-the-client', file: 'packages/console/src/calls.ts', imports: 'openapi-fetch' },
  { rule: 'no-tests-in-production', file: 'src/config/borrows.ts', imports: '../../test/support/fake.js' },
];

/** What the unlawful files reach for, and imports that the law allows. */
export const LAWFUL_FILES: Readonly<Record<string, string>> = {
  'src/events/egg.ts': "import type { Nothing } from './chicken.js';\nexport type Egg = Nothing;\n",
  'src/data-keys/open-key-rings.ts': 'export interface Target { readonly a: 1 }\n',
  'src/auth/server-share.ts': 'export interface Target { readonly a: 1 }\n',
  'src/vault/master-key.ts': "import type { Target } from '../crypto/key.js';\nexport type { Target };\n",
  'src/vault/persistence/wallet.repository.ts':
    "import type { DataSource as Target } from 'typeorm';\nexport type { Target };\n",
  'src/auth/persistence/share.repository.ts':
    "import type { Statements } from '../../database/open-transaction.js';\nexport type { Statements };\n",
  'src/auth/persistence/sqlite-signing-journal.ts':
    "import type { Target } from '../../audit/entry-statement.js';\nimport type { Target as Other } from '../../database/sqlite-unit-of-work.js';\nexport type { Target, Other };\n",
  'src/database/open-transaction.ts': "export type { Database as Statements } from 'better-sqlite3';\n",
  'src/audit/entry-statement.ts': 'export interface Target { readonly a: 1 }\n',
  'src/crypto/key.ts': "import type { KeyObject as Target } from 'node:crypto';\nexport type { Target };\n",
  'src/health/ready.ts': 'export interface Target { readonly a: 1 }\n',
  'src/cli/terminal.ts': 'export interface Target { readonly a: 1 }\n',
  'src/errors/refusal.ts': 'export interface Target { readonly a: 1 }\n',
  'src/audit/audit-trail.ts': 'export interface Target { readonly a: 1 }\n',
  'src/database/unit-of-work.ts': 'export interface Target { readonly a: 1 }\n',
  'src/database/sqlite-unit-of-work.ts': 'export interface Target { readonly a: 1 }\n',
  'src/database/transaction.ts': "import type { EntityManager as Target } from 'typeorm';\nexport type { Target };\n",
  'src/audit/recorded-work.ts':
    "import type { Target } from './audit-trail.js';\nimport type { Target as Other } from '../database/unit-of-work.js';\nexport type { Target, Other };\n",
  'src/vault/share-key/step.ts':
    "import type { Target } from '../../audit/recorded-work.js';\nimport type { Target as Other } from '../../database/transaction.js';\nexport type { Target, Other };\n",
  'src/vault/vault.module.ts':
    "import type { TypeOrmModule as Target } from '@nestjs/typeorm';\nexport type { Target };\n",
  'src/http/status.ts': 'export interface Target { readonly a: 1 }\n',
  'src/vault/wire/answer.ts': "import type { Target } from '../../http/status.js';\nexport type { Target };\n",
  'src/auth/sign/sign.body.ts': "import type { Target } from '../../http/status.js';\nexport type { Target };\n",
  'src/auth/sign/sign.request.ts':
    "import type { Target } from './sign.body.js';\nimport type { Target as Other } from '../../wire/names.js';\nexport type { Target, Other };\n",
  'src/wire/names.ts': 'export interface Target { readonly a: 1 }\n',
  'src/restrictions/list.ts': "import type { KeyObject as Target } from '../chain/hash.js';\nexport type { Target };\n",
  'src/chain/hash.ts': "export type { KeyObject } from 'node:crypto';\n",
  'src/crypto/mcl/engine.ts': 'export interface Target { readonly a: 1 }\n',
  'src/crypto/noble/curve.ts': 'export interface Target { readonly a: 1 }\n',
  'src/auth/curve-workers/pool/queue.ts': 'export interface Target { readonly a: 1 }\n',
  'src/auth/curve-workers/thread/work.ts': 'export interface Target { readonly a: 1 }\n',
  'src/crypto/sealing/domain-key.ts': 'export const target = 1;\n',
  'src/config/local-secrets.ts': 'export const target = 1;\n',
  'src/vault/vault-sealing.module.ts': 'export interface Target { readonly a: 1 }\n',
  'test/support/fake.ts': 'export interface Target { readonly a: 1 }\n',
  'packages/client/src/index.ts': "import type { Client as Target } from 'openapi-fetch';\nexport type { Target };\n",
  'src/cli/demo/pays.ts':
    "import type { Target } from '../../../packages/client/src/index.js';\nexport type { Target };\n",
  'src/app.module.ts':
    "import type { Target } from './vault/master-key.js';\nimport type { Target as Other } from './auth/server-share.js';\nexport type { Target, Other };\n",
};
