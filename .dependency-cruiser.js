/**
 * The floors of the house (ARCHITECTURE.md): who may import whom. Arrows point down, and never in a circle.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'A circle has no floor. Types may refer to each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-dead-ends',
      comment: 'Every import leads to a file or an installed package.',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: '^(\\$app|\\$env|\\$service-worker|\\./\\$types|virtual:(operations|sandbox)$)',
      },
    },
    {
      name: 'engine-knows-no-screen',
      comment: 'The engine runs in a worker, in Node and in tests: nothing from above it, no Node modules.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: {
        pathNot:
          '^(src/engine/|node_modules/(@noble|idb|asn1js|pkijs|pvutils|pvtsutils|tslib|cborg|sm-crypto-v2|valibot|@aws-sdk/client-kms)/)',
      },
    },
    {
      name: 'ground-floor',
      comment: 'trace, clock, errors and vault stand on the ground; of each other they know clock and trace.',
      severity: 'error',
      from: { path: '^src/engine/(trace|clock|errors|vault)/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/($1|clock|trace)/' },
    },
    {
      name: 'first-floor',
      comment: 'hsm, iam and declaration know the ground floor, not each other.',
      severity: 'error',
      from: { path: '^src/engine/(hsm|iam|declaration)/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/($1|trace|clock|errors|vault)/' },
    },
    {
      name: 'service-contract',
      comment: 'service is what gateway and services agree on; it knows the floors below and who may.',
      severity: 'error',
      from: { path: '^src/engine/service/' },
      to: {
        path: '^src/engine/',
        pathNot:
          '^src/engine/(service|iam|declaration|trace|clock|errors|vault)/|^src/engine/cloudtrail/types\\.ts$',
      },
    },
    {
      name: 'third-floor',
      comment:
        'kms, cloudtrail and sts offer services: they know the floors below, and neither the gateway nor each other.',
      severity: 'error',
      from: { path: '^src/engine/(kms|cloudtrail|sts)/' },
      to: {
        path: '^src/engine/',
        pathNot: '^src/engine/($1|service|hsm|iam|declaration|trace|clock|errors|vault)/',
      },
    },
    {
      name: 'gateway-floor',
      comment: 'The gateway leads to services through the contract, without knowing any of them.',
      severity: 'error',
      from: { path: '^src/engine/gateway/' },
      to: { path: '^src/engine/(kms/|hsm/|sts/|cloudtrail/(?!types\\.ts$)|cloud\\.ts$)' },
    },
    {
      name: 'scenario-floor',
      comment:
        'A scenario says how a cloud is founded: it knows who may and the shape of requests, not who answers them.',
      severity: 'error',
      from: { path: '^src/engine/scenario/' },
      to: { path: '^src/engine/(hsm|gateway|cloudtrail|founding|cloud\\.ts)' },
    },
    {
      name: 'founding-under-the-roof',
      comment:
        'Founding puts the rooms together with cloud.ts; no room knows of it, only what founds from a backup.',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: '^src/engine/(founding/|backup/|cloud\\.ts$)' },
      to: { path: '^src/engine/founding/' },
    },
    {
      name: 'glass-under-the-roof',
      comment:
        'What looks into the rooms, and back into their past, stands beside founding; no room knows of it.',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: '^src/engine/(look|history|operator)/|^src/engine/[^/]+\\.ts$' },
      to: { path: '^src/engine/(look|history)/' },
    },
    {
      name: 'operators-door',
      comment:
        'Acts that are no requests come in beside the gateway: no room knows of them, only what undoes them.',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: '^src/engine/(operator|look|history)/|^src/engine/[^/]+\\.ts$' },
      to: { path: '^src/engine/operator/' },
    },
    {
      name: 'backup-under-the-roof',
      comment: 'A backup is of the whole house, so it stands beside founding; no room knows of it.',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: '^src/engine/backup/|^src/engine/[^/]+\\.ts$' },
      to: { path: '^src/engine/backup/' },
    },
    {
      name: 'endpoint-outside',
      comment: 'The endpoint is one more way in, for Node alone: nothing of the house or the site needs it.',
      severity: 'error',
      from: { path: '^(src|lessons)/', pathNot: '^src/endpoint/' },
      to: { path: '^src/endpoint/' },
    },
    {
      name: 'cloud-on-top',
      comment: 'No room of the engine knows the whole house.',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: '^src/engine/[^/]+\\.ts$' },
      to: { path: '^src/engine/cloud\\.ts$' },
    },
    {
      name: 'no-private-door',
      comment:
        'Faces reach the engine by signed requests. They share its types, what it knows about public formats (ciphertexts; scenarios; policies, their patterns and whom they may name), the table of key specs, and the order in which policies are weighed.',
      severity: 'error',
      from: { path: '^src/(lib|routes)/' },
      to: {
        path: '^src/engine/',
        pathNot:
          '^src/engine/(hsm/ciphertext-blob|iam/(existing-principals|grammar/policy|evaluation/(evaluation-order|pattern))|kms/key-specs|scenario/read-scenario|trace/trace)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'examples-outside',
      comment:
        'An example is a cloud and a client, as a test is: the site has what was recorded, and not what records it.',
      severity: 'error',
      from: { path: '^(src|lessons)/' },
      to: { path: '^examples/', pathNot: '/recorded\\.json$' },
    },
    {
      name: 'examples-know-no-screen',
      comment: 'An example knows the engine and the SDK, and how a recording is written.',
      severity: 'error',
      from: { path: '^examples/' },
      to: {
        path: '^(src|lessons|tests)/',
        pathNot: '^src/(engine/|lib/glass/examples/recording\\.ts$)',
      },
    },
    {
      name: 'lib-below-routes',
      comment: 'Routes are made of lib, and workers of neither.',
      severity: 'error',
      from: { path: '^src/(lib|workers)/' },
      to: { path: '^src/routes/' },
    },
    {
      name: 'sdk-as-types-only',
      comment:
        'The SDK is heavy. The site carries its types; its code runs in the learner’s program and in tests.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/lib/editor/(sandbox/libraries|examples/programs)/' },
      to: { path: '^node_modules/@aws-(sdk|crypto)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sandbox-apart',
      comment:
        'What runs in the sandbox is built apart and handed in as text: the site shares with it what they say to each other, and no code.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/lib/editor/sandbox/(inside|libraries)/' },
      to: { path: '^src/lib/editor/sandbox/(inside|libraries)/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Tests look at the house from outside; nothing of it needs them.',
      severity: 'error',
      from: { path: '^(src|lessons|examples|scripts)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-unlisted-package',
      comment: 'A package that is imported stands in package.json.',
      severity: 'error',
      from: { path: '^(src|lessons|examples|scripts|tests)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)\\.svelte-kit/' },
    // Sees `import type`, which leaves no trace in JavaScript.
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    webpackConfig: { fileName: 'scripts/import-aliases.js' },
    extraExtensionsToScan: ['.md'],
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte', '.d.ts', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'browser', 'import', 'types', 'default'],
    },
  },
};
