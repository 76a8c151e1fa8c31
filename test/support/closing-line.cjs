/** Ends the output with one line for people and scripts: `N passed, N failed`. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    // A suite that could not run has no tests to count, yet it must not look like success.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed`;
    // Jest prints its own summary, and sometimes warnings, after every other reporter.
    process.once('exit', () => process.stdout.write(skipped > 0 ? `${line}, ${skipped} skipped\n` : `${line}\n`));
  }
};
