/** In place of the chain through profiles, SSO, STS and instance metadata: Lambda puts a function's credentials into its environment. */
export const defaultProvider = () => async (): Promise<never> => {
  throw new Error('This client was made without credentials: make it with awsClientConfig.');
};
