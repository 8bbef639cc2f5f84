/** What has to be ended, in the order opposite to that in which it was begun. */
export type Closers = {
  add(close: () => void | Promise<void>): void;
  /** Ends everything, also when one part fails to; a second call waits for the first. */
  closeAll(): Promise<void>;
};

export const createClosers = (): Closers => {
  const closers: (() => void | Promise<void>)[] = [];
  let closing: Promise<void> | undefined;
  const run = async () => {
    const failures: unknown[] = [];
    for (const close of closers.reverse())
      await Promise.resolve()
        .then(close)
        .catch((error) => failures.push(error));
    if (failures.length > 0)
      throw new AggregateError(failures, `The machine did not end cleanly: ${failures.join('; ')}`);
  };
  return {
    add: (close) => {
      if (closing === undefined) closers.push(close);
      // Something that took its time to begin: the others are ending already.
      else closing = closing.then(close);
    },
    closeAll: () => {
      closing ??= run();
      return closing;
    },
  };
};
