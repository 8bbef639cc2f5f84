/** Not built yet: says so instead of answering. */
export const handler = async (): Promise<never> => {
  throw new Error('The sweeper function is not built yet.');
};
