import { defineConfig } from 'vitest/config';

/** Tests of the built site in a real browser; `tests/e2e/global-setup.ts` builds and serves it. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: 'tests/e2e/global-setup.ts',
    environment: 'node',
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
