const fs = require('node:fs');

const empty = { passed: 0, failed: 0 };
const read = (file) => ({
  ...empty,
  ...(fs.existsSync(file) && JSON.parse(fs.readFileSync(file, 'utf8') || '{}')),
});

/** A jest reporter that adds up several runs in the file that DRAWBRIDGE_RESULTS names; without it, it does nothing. */
module.exports = class ClosingLine {
  onRunComplete(_, results) {
    const file = process.env.DRAWBRIDGE_RESULTS;
    if (!file) return;
    const before = read(file);
    fs.writeFileSync(
      file,
      JSON.stringify({
        passed: before.passed + results.numPassedTests,
        // A suite that could not even be loaded has no tests to count.
        failed: before.failed + results.numFailedTests + results.numRuntimeErrorTestSuites,
      }),
    );
  }
};

// `node tools/closing-line.cjs FILE [failed gates]` prints the sum, alone on the last line.
if (require.main === module) {
  const [, , file = '', gates = '0'] = process.argv;
  const { passed, failed } = read(file);
  console.log(`${passed} passed, ${failed + Number(gates)} failed`);
}
