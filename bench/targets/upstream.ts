import { build } from '../build';
import { portOf, startChild } from '../child';
import { CACHE_TABLE } from './gateway-env';
import { MARKER, MODEL, toConverseBody } from './prompts';
import type { Target } from './target';

const ROUTES = { whole: 'converse', streamed: 'converse-stream' } as const;

/** The fake of Bedrock, DynamoDB and Secrets Manager; asked directly it is the floor that others are compared with. */
export const startUpstream = async (node: string, cpu: number): Promise<Target & { url: string }> => {
  const script = build('upstream', 'bench/upstream/serve.ts').path;
  const child = startChild({ script, args: [CACHE_TABLE], node, cpu });
  const port = await portOf(child);
  return {
    name: 'upstream alone',
    url: `http://127.0.0.1:${port}`,
    process: child,
    request: (manner) => ({
      port,
      path: `/model/${encodeURIComponent(MODEL)}/${ROUTES[manner]}`,
      headers: {},
      body: toConverseBody(manner),
      marker: MARKER,
    }),
  };
};
