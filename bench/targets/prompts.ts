import { COUNTER } from '../load/request';
import type { Manner } from './target';

const ONE_KILOBYTE = 1_000;
const FILLER = 'Tell me how a fluxgate measures the field of the earth, and why it does not disturb it. ';

/** The words on which the upstream answers event by event. */
const SLOWLY = 'bench: slowly';

/** How every good answer begins. */
export const MARKER = 'The sensor';

export const MODEL = 'us.amazon.nova-lite-v1:0';
export const MAX_TOKENS = 400;

/** A prompt of 1 kB; unless `repeated`, no two of them are alike. */
export const toPrompt = (manner: Manner, repeated = false): string => {
  const start = `${repeated ? 'again' : COUNTER} ${manner === 'streamed' ? SLOWLY : 'bench: at once'}. `;
  return start + FILLER.repeat(20).slice(0, ONE_KILOBYTE - start.length);
};

/** A chat request in the OpenAI dialect. */
export const toChatBody = (manner: Manner, repeated = false): string =>
  JSON.stringify({
    model: MODEL,
    max_tokens: MAX_TOKENS,
    messages: [{ role: 'user', content: toPrompt(manner, repeated) }],
    ...(manner === 'streamed' && { stream: true }),
  });

/** The same request as Bedrock takes it. */
export const toConverseBody = (manner: Manner): string =>
  JSON.stringify({
    messages: [{ role: 'user', content: [{ text: toPrompt(manner) }] }],
    inferenceConfig: { maxTokens: MAX_TOKENS },
  });
