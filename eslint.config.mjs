import tseslint from 'typescript-eslint';

const ban = (name, message) => ({ name, message });

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'bench/peer/', 'bench/results/', 'coverage/'] },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-globals': ['error', ban('fetch', '`fetch` is for infra/http: it blocks private addresses and bounds time and size.')],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time comes from the Clock, so that a test can turn it.' },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Time comes from the Clock, so that a test can turn it.' },
        { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'Secrets come from infra/crypto/secrets. For jitter, say so in a disabling comment.' },
      ],
    },
  },
  { files: ['src/cli/**', 'src/cli.ts', 'src/start.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**', 'bench/**', '**/*.spec.ts', 'ormconfig.ts'],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-syntax': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
    },
  },
);
