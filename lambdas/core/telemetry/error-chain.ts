const DEEPEST = 3;

/** An error and what it was made of, outermost first. */
export const toErrorChain = (error: unknown): unknown[] => {
  const chain = [error];
  for (let inner = causeOf(error); inner !== undefined && chain.length < DEEPEST; inner = causeOf(inner)) {
    chain.push(inner);
  }
  return chain;
};

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);
