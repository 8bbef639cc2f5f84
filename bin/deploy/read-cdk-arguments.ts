import { parseArgs } from 'node:util';

/** What the arguments of `cdk deploy` say that matters before it starts. */
export const readCdkArguments = (args: string[]): { profile: string | undefined; context: Record<string, string> } => {
  const { values } = parseArgs({
    args,
    options: { profile: { type: 'string' }, context: { type: 'string', short: 'c', multiple: true } },
    strict: false,
  });
  const pairs = (values.context ?? []).filter((pair) => typeof pair === 'string');
  return {
    profile: typeof values.profile === 'string' ? values.profile : undefined,
    context: Object.fromEntries(pairs.map(splitPair)),
  };
};

const splitPair = (pair: string): [string, string] => {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
};
