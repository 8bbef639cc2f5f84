/** A promise and the function that settles it. */
export type Deferred<T> = { readonly promise: Promise<T>; readonly resolve: (value: T) => void };

/** `Promise.withResolvers`, which Node 20 lacks. */
export const createDeferred = <T>(): Deferred<T> => {
  let settle: ((value: T) => void) | undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: (value) => settle?.(value) };
};
