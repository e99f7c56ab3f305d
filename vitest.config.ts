import { defineConfig } from 'vitest/config';

/** Walks every page and times it, so it runs last and alone: beside other tests a page takes as long as they let it. */
const pages = 'tests/e2e/pages.test.ts';

export default defineConfig({
  test: {
    globalSetup: ['tests/support/scratch.ts', 'tests/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One more than the cores of a small machine: servers, browsers and the database are waited for.
    maxWorkers: 3,
    reporters: ['default', './tests/support/closing-line-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'bench/**/*.test.ts', 'eval/**/*.test.ts'],
          exclude: [pages, 'tests/faults/**', 'node_modules/**'],
          // Modules are loaded once a worker, not once a file; each file still has a database and a data folder of its own.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'pages', include: [pages], sequence: { groupOrder: 1 } } },
    ],
  },
});
