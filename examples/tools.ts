import OpenAI from 'openai';
import { readConnection } from './connection';

const client = new OpenAI(readConnection());

const TEMPERATURES = new Map([
  ['Oslo', -3],
  ['Rome', 14],
]);

/** The one tool: it runs here, the model only asks for it. */
const getTemperature = (json: string): string => {
  const { city }: { city?: unknown } = JSON.parse(json);
  const celsius = typeof city === 'string' ? TEMPERATURES.get(city) : undefined;
  return JSON.stringify(celsius === undefined ? { error: 'There is no station there.' } : { city, celsius });
};

const messages: OpenAI.ChatCompletionMessageParam[] = [
  { role: 'user', content: 'Use get_temperature: how warm is it in Oslo?' },
];

for (;;) {
  const { choices } = await client.chat.completions.create({
    model: 'claude-haiku-4-5',
    messages,
    max_tokens: 300,
    tools: [
      {
        type: 'function',
        function: {
          name: 'get_temperature',
          description: 'The temperature in a city at this moment.',
          parameters: {
            type: 'object',
            properties: { city: { type: 'string', enum: [...TEMPERATURES.keys()] } },
            required: ['city'],
          },
        },
      },
    ],
  });
  const message = choices[0]?.message;
  if (!message) throw new Error('The answer has no choice.');
  messages.push(message);
  if (!message.tool_calls?.length) {
    console.log(message.content);
    break;
  }
  for (const call of message.tool_calls) {
    if (call.type !== 'function') throw new Error(`The model called a ${call.type} tool, and there is none.`);
    const content = getTemperature(call.function.arguments);
    console.log(`${call.function.name}(${call.function.arguments}) -> ${content}`);
    messages.push({ role: 'tool', tool_call_id: call.id, content });
  }
}
