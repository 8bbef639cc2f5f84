const noTokens = () => async (): Promise<never> => {
  throw new Error('Calls are signed with the credentials of the function; there are no bearer tokens.');
};

export const fromEnvSigningName = noTokens;
export const nodeProvider = noTokens;
