/** Whether there is a process of this id. */
export const isRunning = (processId: number): boolean => {
  try {
    // Signal 0 only asks.
    return process.kill(processId, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
};

/** Whether an error is one of the operating system's, by its code. */
export const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
