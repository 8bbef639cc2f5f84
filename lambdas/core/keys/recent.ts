/** A bounded memory whose entries die after a time; when it is full, the one unused for longest goes first. */
export type Recent<T> = {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
};

export type RecentOptions = {
  maxEntries: number;
  keepMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
};

export const createRecent = <T>({ maxEntries, keepMs, now }: RecentOptions): Recent<T> => {
  // A Map keeps the order of insertion: reinserting what is used leaves the least used in front.
  const entries = new Map<string, { value: T; diesAt: number }>();

  return {
    get: (key) => {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (entry.diesAt <= now()) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set: (key, value) => {
      entries.delete(key);
      entries.set(key, { value, diesAt: now() + keepMs });
      const [oldest] = entries.keys();
      if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    },
  };
};
