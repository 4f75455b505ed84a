// The import law of docs: ARCHITECTURE.md, "Who may import whom". Checked by `npm run import-law`.
const own = (names) => `^src/(${names.join('|')})(/|\\.ts$)`;

/** main.ts, and what it imports at once. */
const ENTRY =
  '^src/(main|start/(no-debugger|open-files|terminal|(start|listen|installation)-failure)|errors/start-error|' +
  'config/(configuration-error|machine-name))\\.ts$';

/** The files of vault and auth that know how a request comes and how it is answered. */
const EDGE_OF_A_FEATURE = '^src/(vault|auth)/(wire/|.*\\.(controller|body|request|module)\\.ts$)';

/** What every parser throws of malformed input. It imports nothing. */
const MALFORMED_INPUT = '^src/errors/malformed-input-error\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-undeclared-packages',
      comment: 'Production code imports only what package.json declares as a dependency.',
      severity: 'error',
      from: { path: '^src' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'vault-knows-nothing-of-auth',
      severity: 'error',
      from: { path: '^src/vault/' },
      to: { path: '^src/auth/' },
    },
    {
      name: 'auth-knows-nothing-of-vault',
      severity: 'error',
      from: { path: '^src/auth/' },
      to: { path: '^src/vault/' },
    },
    {
      name: 'only-the-composition-root-sees-both',
      comment:
        'vault and auth meet in app.module.ts, and what both have in sealed-columns.ts, covered-tables.ts and ' +
        'keys-in-use.ts: no behaviour.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(app\\.module\\.ts|(sealed-columns|covered-tables|keys-in-use)\\.ts|vault/|auth/)',
      },
      to: { path: '^src/(vault|auth)/' },
    },
    {
      name: 'what-both-halves-have-sees-lists-alone',
      severity: 'error',
      from: { path: '^src/(sealed-columns|covered-tables|keys-in-use)\\.ts$' },
      to: { path: '^src/(vault|auth)/', pathNot: '/persistence/(sealed-columns|covered-tables|keys-in-use)\\.ts$' },
    },
    {
      name: 'only-the-starter-sees-the-composition-root',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|server)\\.ts$' },
      to: { path: '^src/app\\.module\\.ts$' },
    },
    {
      name: 'vault-and-auth-import-from-these-only',
      severity: 'error',
      from: { path: '^src/(vault|auth)/' },
      to: {
        path: '^src/',
        pathNot: own([
          'vault',
          'auth',
          'wire',
          'restrictions',
          'chain',
          'crypto',
          'engine',
          'fairness',
          'events',
          'audit',
          'data-keys',
          'identity',
          'http',
          'database',
          'config',
          'errors',
          'metrics',
          'rate-limits',
          'readiness',
          'sweeping',
          'clock',
        ]),
      },
    },
    {
      name: 'restrictions-stand-alone',
      comment:
        'Pure: what the chain knows, and what may be signed of it. A policy that is malformed is told like every other ' +
        'input, and has a hash.',
      severity: 'error',
      from: { path: '^src/restrictions/' },
      to: { pathNot: ['^src/(restrictions|chain)/', MALFORMED_INPUT, '^(node:)?crypto$'] },
    },
    {
      name: 'the-chain-stands-alone',
      comment:
        'What 0Chain itself says, of its transactions and contracts: nothing of ours but the error that says which ' +
        'field of the input is malformed.',
      severity: 'error',
      from: { path: '^src/chain/' },
      to: { pathNot: ['^src/(chain|json)/', MALFORMED_INPUT, 'node_modules/lossless-json/', '^(node:)?crypto$'] },
    },
    {
      name: 'json-stands-alone',
      severity: 'error',
      from: { path: '^src/json/' },
      to: { pathNot: ['^src/json/', 'node_modules/lossless-json/'] },
    },
    {
      name: 'crypto-stands-alone',
      comment:
        'But for the error that says which field of the input is malformed: the edge tells it, whoever throws it.',
      severity: 'error',
      from: { path: '^src/crypto/' },
      to: {
        pathNot: ['^src/crypto/', MALFORMED_INPUT, 'node_modules/(mcl-wasm|@noble|@scure)/', '^(node:)?(crypto|util)$'],
      },
    },
    {
      name: 'key-encryption-stands-alone',
      comment:
        'What wraps data keys knows neither what they seal nor where they lie. Of the configuration it has the type of a ' +
        'proxy. The child process loads pkcs11js by require(), since it may not be there.',
      severity: 'error',
      from: { path: '^src/key-encryption/' },
      to: {
        pathNot: [
          '^src/key-encryption/',
          '^src/crypto/(secret|random)-bytes\\.ts$',
          '^src/(errors|json|outbound)/',
          '^src/config/configuration\\.ts$',
          '^src/engine/compiled-worker\\.ts$',
          '^(node:)?(buffer|child_process|crypto|module)$',
        ],
      },
    },
    {
      name: 'the-transparency-log-stands-alone',
      comment:
        'Trees, proofs and signed notes as their formats define them. It neither reads nor writes anything, so that a ' +
        'verifier far from the service runs the same code.',
      severity: 'error',
      from: { path: '^src/audit/tlog/' },
      to: { pathNot: ['^src/audit/tlog/', MALFORMED_INPUT, '^(node:)?crypto$'] },
    },
    {
      name: 'promises-stand-on-the-transparency-log-alone',
      comment: 'Our one format beside those of others. As pure as they are, since the same verifier reads it.',
      severity: 'error',
      from: { path: '^src/audit/promises/' },
      to: { pathNot: ['^src/audit/(promises|tlog)/'] },
    },
    {
      name: 'verifying-needs-no-service',
      comment:
        'Whoever verifies a record must not have to trust, or start, what wrote it: formats, and a driver that reads. ' +
        'What the names of a log look like after a rollback is known in log/epochs.ts alone.',
      severity: 'error',
      from: { path: '^src/audit/verify/' },
      to: {
        pathNot: [
          '^src/audit/(verify|tlog|promises)/',
          '^src/audit/log/epochs\\.ts$',
          '^src/database/sqlite-driver\\.ts$',
          '^src/errors/error-code\\.ts$',
          'node_modules/(@types/)?better-sqlite3/',
          '^(node:)?(crypto|fs|path|string_decoder)$',
        ],
      },
    },
    {
      name: 'keys-are-derived-at-the-start-alone',
      comment: 'Whoever has the root sealing key has every secret: it is read, derived from and wiped in these places.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(crypto/sealing|start|cli)/|^src/config/local-secrets\\.ts$' },
      to: { path: '^src/(config/local-secrets|crypto/sealing/domain-key)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'data-keys-are-opened-at-the-start-alone',
      comment:
        'Whoever has them opens everything. A half is handed where its own come from, and knows that by its type.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(data-keys|start|cli)/|^src/server\\.ts$' },
      to: { path: '^src/data-keys/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'each-half-has-its-own-sealer',
      comment: 'The modules that hand sealing keys out are imported by their own half’s module, and by nobody else.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(vault/vault|auth/auth)\\.module\\.ts$' },
      to: { path: '^src/(vault/vault|auth/auth)-sealing\\.module\\.ts$' },
    },
    {
      name: 'two-engines-by-two-authors',
      comment:
        'Each is the other’s witness: they share the scheme, which knows neither, and create-engine.ts sees both.',
      severity: 'error',
      from: { path: '^src/crypto/(bls0chain|sealing|noble)/' },
      to: { path: '^src/crypto/mcl/|node_modules/mcl-wasm/' },
    },
    {
      name: 'two-engines-by-two-authors-reversed',
      severity: 'error',
      from: { path: '^src/crypto/(bls0chain|sealing|mcl)/' },
      to: { path: '^src/crypto/noble/|node_modules/@noble/curves/' },
    },
    {
      name: 'a-worker-knows-its-protocol-alone',
      comment: 'pool/ runs on the HTTP thread and thread/ on the worker’s: they share messages, and no state.',
      severity: 'error',
      from: { path: '^src/auth/curve-workers/(protocol|thread)/' },
      to: { path: '^src/auth/curve-workers/([^/]+$|pool/)' },
    },
    {
      name: 'the-pool-knows-its-protocol-alone',
      severity: 'error',
      from: { path: '^src/auth/curve-workers/(protocol|pool)/' },
      to: { path: '^src/auth/curve-workers/([^/]+$|thread/)' },
    },
    {
      name: 'domain-is-free-of-frameworks',
      comment: 'Domain files import neither NestJS nor TypeORM.',
      severity: 'error',
      from: {
        path: '^src/([^/]+/domain/|restrictions/|chain/|json/|crypto/|events/|errors/|clock/)',
        pathNot: '\\.module\\.ts$',
      },
      to: { path: 'node_modules/(@nestjs|typeorm|fastify|@fastify)' },
    },
    {
      name: 'features-write-through-the-record',
      comment:
        'For a unit of work there is RecordedWork, which cannot forget the entry (docs/adr/0025). Except for signatures, ' +
        'of which many are decided and recorded in one transaction, for counts, which tell of what is recorded already, and for what checks them, ' +
        'and for the slices of lists, which are only read, when it has been recorded that the list is shown, for previews of decisions, of which nothing comes, and for sealers, which are made when the database is open. Transactions and lists are what one can hold without.',
      severity: 'error',
      from: {
        path: '^src/(vault|auth)/',
        pathNot:
          '^src/(auth/persistence/(sqlite-signing-journal|policy-revision-list|policy-previews|counts/(count-slices|check-counts))|' +
          'vault/persistence/(sqlite-list|split-key-lists|pending-wallets|kept-answer\\.repository|' +
          'wallet\\.repository)|(vault/vault|auth/auth)-sealing\\.module)\\.ts$',
      },
      to: {
        path: '^src/database/',
        pathNot:
          '^src/database/(rows/|(transaction|open-transaction|statements|ordered-rows|list-window|sliced-list|terms-columns)\\.ts$)',
      },
    },
    {
      name: 'the-record-is-written-by-these-only',
      comment: 'Approvals by RecordedWork and by the signing journal, refusals by Refusals.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(audit/|http/errors/refusals\\.ts$|auth/persistence/sqlite-signing-journal\\.ts$)',
      },
      to: { path: '^src/audit/(audit-trail|entry-statement)\\.ts$' },
    },
    {
      name: 'only-persistence-knows-the-orm',
      comment: 'Else a use case could write beside the unit of work. The modules name their tables.',
      severity: 'error',
      from: { path: '^src/(vault|auth)/', pathNot: '(/persistence/|\\.module\\.ts$)' },
      to: { path: 'node_modules/(typeorm|@nestjs/typeorm)/' },
    },
    {
      name: 'controllers-reach-tables-through-use-cases',
      severity: 'error',
      from: { path: '\\.controller\\.ts$' },
      to: { path: '(/persistence/|node_modules/typeorm)' },
    },
    {
      name: 'use-cases-know-no-edge',
      comment:
        'A request is parsed beside the controller, into the types that the use case names. Edge are *.controller.ts, ' +
        '*.body.ts (its shape), *.request.ts (its reading), wire/ (shapes of answers) and the modules that gather them.',
      severity: 'error',
      from: { path: '^src/(vault|auth)/', pathNot: EDGE_OF_A_FEATURE },
      to: { path: ['^src/(http|wire)/', EDGE_OF_A_FEATURE] },
    },
    {
      name: 'foundations-know-no-features',
      severity: 'error',
      from: {
        path: own([
          'config',
          'database',
          'engine',
          'fairness',
          'events',
          'errors',
          'identity',
          'audit',
          'http',
          'wire',
          'metrics',
          'rate-limits',
          'readiness',
          'sweeping',
          'clock',
        ]),
      },
      to: { path: '^src/(vault|auth|health|cli)/' },
    },
    {
      name: 'http-speaks-no-words-of-the-service',
      comment:
        'Names, lists and examples of the service on HTTP are in wire/, which imports http/ and not the reverse. What ' +
        'parsers throw comes as an error of errors/. Of keys http/ knows only what a client id and a public key look ' +
        'like, to record whom a refused request named.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/(wire|restrictions|chain|crypto)/', pathNot: '^src/crypto/key-names\\.ts$' },
    },
    {
      name: 'one-place-loads-the-database-driver',
      comment: 'better-sqlite3 12 or 13, as this Node needs it: import SqliteDriver of src/database/sqlite-driver.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/database/sqlite-driver\\.ts$' },
      to: { path: 'node_modules/(@types/)?better-sqlite3(-napi)?/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'statements-stay-beside-the-tables',
      comment:
        'What SQLite alone can do, answer within the call, and what is inside a transaction: for persistence/, audit/ and ' +
        'database/. Everybody else has UnitOfWork, repositories and ports, so that another engine can stand behind them. ' +
        'cli/restore, cli/backup and cli/doctor work on files of SQLite, whatever the service runs on.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(database|data-keys|audit|(vault|auth)/persistence|cli/(restore|backup|doctor))/',
      },
      to: {
        path:
          '^src/database/(sqlite-unit-of-work|open-transaction|statements|ordered-rows|raw-connection)\\.ts$|' +
          '^src/audit/entry-statement\\.ts$|node_modules/(@types/)?better-sqlite3(-napi)?/',
      },
    },
    {
      name: 'signing-asks-its-journal',
      comment: 'The pipeline reaches the database through the port SigningJournal alone.',
      severity: 'error',
      from: { path: '^src/auth/signing/' },
      to: { path: '^src/database/|/persistence/' },
    },
    {
      name: 'the-entry-loads-no-package',
      comment:
        'Where few files may be opened, or packages are missing, only what needs none can say so. main.ts loads the rest ' +
        'by import(), once signals are heard.',
      severity: 'error',
      from: { path: ENTRY },
      to: { path: '.', pathNot: [ENTRY], dependencyTypesNot: ['type-only', 'core', 'dynamic-import'] },
    },
    {
      name: 'the-demo-alone-uses-the-client',
      comment: 'The client is for whoever calls the service. The image does not have it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/demo/' },
      to: { path: '^packages/' },
    },
    {
      name: 'the-client-stands-alone',
      comment:
        'It runs in browsers too, where there is neither Node nor anything of the server: on curves and hashes, and on ' +
        'what sends typed requests.',
      severity: 'error',
      from: { path: '^packages/client/' },
      to: { pathNot: ['^packages/client/', 'node_modules/(@noble/(curves|hashes)|openapi-fetch)/'] },
    },
    {
      name: 'the-console-calls-by-the-client',
      comment: 'It has no other way to the service, and nothing of the server’s: what it can do, everybody can.',
      severity: 'error',
      from: { path: '^packages/console/src/' },
      to: { pathNot: ['^packages/console/src/', '^packages/client/src/index\\.ts$', 'node_modules/svelte/'] },
    },
    { name: 'no-tests-in-production', severity: 'error', from: { path: '^src' }, to: { path: '^test' } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['kms-source', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
};
