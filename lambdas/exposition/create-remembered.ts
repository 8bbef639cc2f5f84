/** Reads, or gives what was read a moment ago; `fresh` wants it read now. */
export type Remembered<T> = (fresh?: boolean) => Promise<T>;

export type RememberedOptions = {
  /** How long what was read is given again, counted from when its reading began. 0 reads every time. */
  keepMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/**
 * Reads at most once in `keepMs`: whoever asks meanwhile gets the same, also while it is still being read. A read that
 * fails is not remembered.
 */
export const createRemembered = <T>(read: () => Promise<T>, { keepMs, now }: RememberedOptions): Remembered<T> => {
  let last: { value: Promise<T>; diesAt: number } | undefined;
  return (fresh = false) => {
    if (!fresh && last !== undefined && now() < last.diesAt) return last.value;
    const current = { value: read(), diesAt: now() + keepMs };
    last = current;
    current.value.catch(() => {
      if (last === current) last = undefined;
    });
    return current.value;
  };
};
