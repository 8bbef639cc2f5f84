import { parseChat } from '../../../../lambdas/gateway/openai/parse';

/** A body that is accepted; a test shows only what it changes. */
export const aBody = (changes: object = {}) => ({
  model: 'claude-sonnet',
  messages: [{ role: 'user', content: 'Hello' }],
  ...changes,
});

export const parseValue = (value: unknown) => parseChat(Buffer.from(JSON.stringify(value)));
export const parseBody = (changes: object = {}) => parseValue(aBody(changes));
export const parseText = (text: string) => parseChat(Buffer.from(text));

export const aTool = (name = 'weather', changes: object = {}) => ({
  type: 'function',
  function: { name, parameters: { type: 'object', properties: { city: { type: 'string' } } }, ...changes },
});

export const aToolCall = (id = 'call_1', json = '{"city":"Oslo"}', name = 'weather') => ({
  id,
  type: 'function',
  function: { name, arguments: json },
});

export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const anImage = (url = `data:image/png;base64,${PIXEL}`, more: object = {}) => ({
  type: 'image_url',
  image_url: { url, ...more },
});
