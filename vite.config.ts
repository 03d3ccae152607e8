import { sveltekit } from '@sveltejs/kit/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { leanMonaco } from './scripts/lean-monaco.js';
import { losslessShell } from './scripts/lossless-shell.js';
import { operationsPlugin } from './scripts/operations-plugin.js';
import { sandboxPlugin } from './scripts/sandbox-plugin.js';

export default defineConfig(({ mode }) => ({
  plugins: [leanMonaco(), sveltekit(), operationsPlugin(), sandboxPlugin(), losslessShell()],
  worker: { format: 'es', plugins: () => [operationsPlugin(), losslessShell()] },
  // The terminal's shell names it, and browsers have none. Node has, and the endpoint under test needs it.
  resolve: {
    alias:
      mode === 'test'
        ? {}
        : { 'node:zlib': fileURLToPath(new URL('src/lib/terminal/shell/no-zlib.ts', import.meta.url)) },
  },
  // Its workers are found by their place beside its modules.
  optimizeDeps: { exclude: ['monaco-editor'] },
  server: { host: '127.0.0.1' },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    environment: 'node',
    // Else Node loads it as it is, without the plugin.
    server: { deps: { inline: ['just-bash'] } },
    // A module is loaded once for all files, not once a file; that halves the time of the whole.
    isolate: false,
    maxWorkers: 2,
    // The search for an RSA key takes as long as it takes, now and then many seconds on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The AWS SDK announces the end of its support for Node 20 in every test file.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
}));
