/** What is free and waits to be needed again. */
export type IdleList<T> = {
  put(item: T): void;
  /** The one that was used last: the others may then grow old. */
  take(): T | undefined;
  remove(item: T): void;
};

type Entry<T> = { readonly item: T; readonly timer: NodeJS.Timeout };

/** `retire` gets what nobody took for so long. */
export const createIdleList = <T>(idleSeconds: number, retire: (item: T) => void): IdleList<T> => {
  const entries: Entry<T>[] = [];
  const remove = (item: T) => {
    const index = entries.findIndex((entry) => entry.item === item);
    if (index >= 0) clearTimeout(entries.splice(index, 1)[0]?.timer);
  };
  return {
    remove,
    put: (item) => {
      const expire = () => {
        remove(item);
        retire(item);
      };
      entries.push({ item, timer: setTimeout(expire, idleSeconds * 1000).unref() });
    },
    take: () => {
      const last = entries.pop();
      clearTimeout(last?.timer);
      return last?.item;
    },
  };
};
