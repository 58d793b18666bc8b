/** Runs a tool's main: its number is the exit code, and a failure is told in one line without a stack. */
export const asCommand = async (main: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
};
