import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, so that none of them begins when all others are done. */
const longest = ['sandbox', 'pages', 'faces', 'pages-narrow', 'lesson', 'glass', 'playground', 'console'];

/** Runs the longest files first. Vitest goes by the size of the file where it has not run it before. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.indexOf(basename(moduleId, '.test.ts'));
      return found === -1 ? longest.length : found;
    };
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

/** Tests of the built site in a real browser; `tests/e2e/global-setup.ts` builds and serves it. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: 'tests/e2e/global-setup.ts',
    environment: 'node',
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
