const {
  projects: [{ displayName: _, testPathIgnorePatterns: __, ...base }],
} = require('./jest.config.cjs');

/** The sandbox's page in Chromium: one world at a time, and time to start it. */
module.exports = {
  ...base,
  roots: ['<rootDir>/test/browser'],
  maxWorkers: 1,
  testTimeout: 600_000,
  reporters: ['default', '<rootDir>/tools/closing-line.cjs'],
};
