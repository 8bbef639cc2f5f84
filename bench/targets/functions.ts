import { type Bundle, build } from '../build';
import { portOf, startChild } from '../child';
import { BENCH_KEY } from '../upstream/instant-stores';
import { functionEnvironment } from './gateway-env';
import { MARKER, toChatBody } from './prompts';
import type { Target } from './target';

type FunctionTarget = { name: string; bundle: Bundle; node: string; cpu: number; upstreamUrl: string };

/** Runs a bundled handler behind the HTTP shim. */
export const startFunction = async ({ name, bundle, node, cpu, upstreamUrl }: FunctionTarget): Promise<Target> => {
  const script = build('shim', 'bench/targets/lambda-shim.ts').path;
  const child = startChild({ script, args: [bundle.path], env: functionEnvironment(upstreamUrl), node, cpu });
  const port = await portOf(child);
  const headers = { authorization: `Bearer fg_${BENCH_KEY.keyId}_${BENCH_KEY.secret}` };
  return {
    name,
    process: child,
    request: (manner) => ({
      port,
      path: '/v1/chat/completions',
      headers,
      body: toChatBody(manner),
      marker: MARKER,
    }),
  };
};

/** The same process asked the same thing again and again: what the exact cache answers. */
export const asRepeated = (target: Target): Target => ({
  ...target,
  name: `${target.name}, exact hit`,
  request: (manner) => ({ ...target.request(manner), body: toChatBody(manner, true) }),
});
