import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Only what oxlint cannot do (`.oxlintrc.json` has the rules for all else, in a tenth of the time). */
export default defineConfig(
  globalIgnores(['build/', '.svelte-kit/', 'test-results/', 'coverage/', 'tests/*/*/.svelte-kit/']),
  {
    // Types are svelte-check's: the linter cannot follow those that Kit makes for a page.
    files: ['**/*.svelte', '**/*.svelte.ts'],
    extends: [
      js.configs.recommended,
      ts.configs.strict,
      svelte.configs.recommended,
      prettier,
      svelte.configs.prettier,
    ],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
    rules: {
      // TypeScript finds undefined names, and knows more of them than ESLint does.
      'no-undef': 'off',
      'no-restricted-imports': [
        'error',
        { name: '@lucide/svelte', message: 'It compiles all 1,800 icons: import the one, from icons/.' },
      ],
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['warn', 'error'] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // With noUncheckedIndexedAccess, `bytes[i]!` says what a checked loop bound has shown already.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // State is replaced as a whole ($state.raw); a Map or a Date in passing needs no reactivity.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    // Links within the glass are made by GlassState.href, which resolves them.
    files: ['src/lib/glass/**/*.svelte', 'src/lib/glass/**/*.svelte.ts'],
    rules: {
      'svelte/no-navigation-without-resolve': ['error', { ignoreLinks: true, ignoreReplaceState: true }],
    },
  },
  {
    files: ['src/engine/**/*.ts'],
    ignores: ['src/engine/hsm/**'],
    languageOptions: { parser: ts.parser },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: {
      'no-restricted-syntax': [
        'error',
        ...["MemberExpression[property.name='subtle']", "TSTypeReference[typeName.name='CryptoKey']"].map(
          (selector) => ({ selector, message: 'Key material lives in src/engine/hsm alone.' }),
        ),
      ],
    },
  },
);
