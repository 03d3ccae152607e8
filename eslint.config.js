import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const notHere = 'The engine runs in a worker, in Node and in tests alike: no page and no Node globals.';
const fromOutside = 'Time and randomness are handed in: use the Clock or the Randomness of the cloud.';

export default defineConfig(
  globalIgnores(['build/', '.svelte-kit/', 'test-results/', 'coverage/', 'tests/*/*/.svelte-kit/']),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      // TypeScript finds undefined names, and knows more of them than ESLint does.
      'no-undef': 'off',
      eqeqeq: 'error',
      // Vitest reads from a fixture's parameter which other fixtures it needs: `{}` means none.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // With noUncheckedIndexedAccess, `bytes[i]!` says what a checked loop bound has shown already.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A function may be async because its interface is, and so reject where it would otherwise throw.
      '@typescript-eslint/require-await': 'off',
      // `null | boolean | JsonValue[]` says more to a reader than the shortest equivalent union.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Interfaces that only mark a shape, such as an operation without output, are named on purpose.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // State is replaced as a whole ($state.raw); a Map or a Date in passing needs no reactivity.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    // The linter cannot follow the types that Kit makes for a page; svelte-check can, and does.
    files: ['**/*.svelte'],
    extends: [ts.configs.disableTypeChecked],
  },
  {
    files: ['src/engine/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['window', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage'].map(restricted),
        ...['process', 'Buffer', 'global', '__dirname'].map(restricted),
      ],
    },
  },
  {
    files: ['src/engine/**'],
    ignores: ['src/engine/clock/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: fromOutside },
        { object: 'performance', property: 'now', message: fromOutside },
        { object: 'Math', property: 'random', message: fromOutside },
        { object: 'crypto', property: 'getRandomValues', message: fromOutside },
        { object: 'crypto', property: 'randomUUID', message: fromOutside },
      ],
    },
  },
  {
    files: ['src/engine/**'],
    ignores: ['src/engine/hsm/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...["MemberExpression[property.name='subtle']", "TSTypeReference[typeName.name='CryptoKey']"].map(
          (selector) => ({ selector, message: 'Key material lives in src/engine/hsm alone.' }),
        ),
      ],
    },
  },
  {
    // Links within the glass are made by GlassState.href, which resolves them.
    files: ['src/lib/glass/**'],
    rules: {
      'svelte/no-navigation-without-resolve': ['error', { ignoreLinks: true, ignoreReplaceState: true }],
    },
  },
  {
    files: ['tests/**'],
    rules: {
      // Vitest's matchers (`expect.any(Date)`) and the replies of JSON are `any`, and stand where values do.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // The AWS Encryption SDK's keyrings are made by a mixin, whose class the linter cannot follow.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    // These talk to the person at the terminal.
    files: [
      'scripts/**',
      'tests/bench/**',
      'tests/fuzz/main.ts',
      'examples/recording/main.ts',
      'tests/e2e/browser.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['static/**/*.js'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { sourceType: 'script', parserOptions: { projectService: false } },
  },
);

/** @param {string} name */
function restricted(name) {
  return { name, message: notHere };
}
