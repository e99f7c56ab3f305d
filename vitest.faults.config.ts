import { defineConfig } from 'vitest/config';

/** The long forms: kill -9 under load, outages. Run by `npm run faults`, not by `npm test`. */
export default defineConfig({
  test: {
    include: ['tests/faults/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
    reporters: ['default', './tests/support/closing-line-reporter.ts'],
  },
});
