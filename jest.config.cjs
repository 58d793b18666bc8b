const base = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript', tsx: true } } },
    ],
  },
  clearMocks: true,
};
const besides = (...folders) => ['/node_modules/', ...folders.map((folder) => `/test/${folder}/`)];

/** The rooms first, two files at a time; then the journeys, each alone: a world of its own needs the machine. */
module.exports = {
  maxWorkers: 2,
  projects: [
    { ...base, displayName: 'rooms', testPathIgnorePatterns: besides('browser', 'journeys') },
    {
      ...base,
      displayName: 'journeys',
      roots: ['<rootDir>/test/journeys'],
      runner: '<rootDir>/tools/one-by-one.cjs',
    },
  ],
};
