import * as v from 'valibot';
import type { Stage } from '../../lib/stages';

const outputsSchema = v.record(v.string(), v.object({ ApiUrl: v.string(), NextSteps: v.string() }));

/** What to do after a deployment of `stage`, from the outputs that the CDK wrote as JSON. */
export const nextSteps = (stage: Stage, outputs: unknown): string =>
  Object.entries(v.parse(outputsSchema, outputs))
    .map(
      ([stack, { ApiUrl: url, NextSteps: createKey }]) => `
${stack} answers at ${url}

  1. Create the first key:
     ${createKey}

  2. Ask:
     curl ${url}v1/chat/completions -H "Authorization: Bearer $FLUXGATE_API_KEY" -H "Content-Type: application/json" \\
       -d '{"model":"claude-haiku","messages":[{"role":"user","content":"Hello"}]}'

  With the OpenAI SDK: baseURL is ${url}v1
  To remove it again: npm run destroy -- -c stage=${stage}
`,
    )
    .join('');
