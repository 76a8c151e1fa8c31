// Who may import whom. The layers, each knowing only those before it:
//   contract → config → infra → modules → messaging → edge → pages → cli
// and the modules among themselves likewise.
const LAYERS = ['contract', 'config', 'infra', 'modules', 'messaging', 'edge', 'pages', 'cli'];
const MODULES = ['projects', 'oauth', 'users', 'factors', 'tokens', 'sessions', 'mfa', 'verification', 'account'];

const order = (names, root) =>
  names.slice(0, -1).map((name, index) => ({
    name: `${name}-knows-only-those-before-it`,
    severity: 'error',
    from: { path: `^${root}${name}/` },
    to: { path: names.slice(index + 1).map((later) => `^${root}${later}/`).join('|') },
  }));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    ...order(LAYERS, 'src/'),
    ...order(MODULES, 'src/modules/'),
    {
      name: 'enter-a-module-by-its-door',
      comment: 'index.ts says what a module offers.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'enter-a-module-by-its-door-from-outside',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/modules/' },
      to: { path: '^src/modules/', pathNot: '^src/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'the-edge-of-a-module-is-one-line',
      comment: 'Controllers and resolvers call their service and nothing else.',
      severity: 'error',
      from: { path: '\\.(controller|resolver)\\.ts$', pathNot: '^src/(edge|pages)/' },
      to: { path: ['\\.(entity|repository)\\.ts$', '^src/infra/'] },
    },
    {
      name: 'services-know-no-transport',
      severity: 'error',
      from: { path: '\\.service\\.ts$' },
      to: { path: 'node_modules/(fastify|@nestjs/graphql|@nestjs/platform-fastify|graphql|@apollo)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'typeorm-stays-with-the-rows',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/infra/', '\\.(entity|repository)\\.ts$'] },
      to: { path: 'node_modules/typeorm' },
    },
    { name: 'queues-and-redis-stay-in-infra', severity: 'error', from: { path: '^src/', pathNot: '^src/infra/' }, to: { path: 'node_modules/(bullmq|ioredis)' } },
    { name: 'src-stands-without-its-tests', severity: 'error', from: { path: '^src/', pathNot: '\\.spec\\.ts$' }, to: { path: ['^test/', '^bench/'] } },
    { name: 'no-development-packages', severity: 'error', from: { path: '^src/', pathNot: '\\.spec\\.ts$' }, to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default'] },
  },
};
